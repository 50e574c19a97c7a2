import { geminiError, geminiTurn } from '../testing/gemini-wire.ts'
import { providerConformance } from '../testing/provider-conformance.ts'
import { GEMINI_STREAMS } from '../testing/streams.ts'
import { createGemini } from './index.ts'

providerConformance('gemini', ({ clock, ...options }) => createGemini(options, { clock }), {
  turn: geminiTurn,
  error: (message) => ({ error: { message } }),
  errorFrame: `data: ${JSON.stringify(geminiError(503, 'UNAVAILABLE', 'The model is overloaded.'))}\n\n`,
  tooLong: geminiError(
    400,
    'INVALID_ARGUMENT',
    'The input token count (1200345) exceeds the maximum number of tokens allowed (1048576).',
  ),
  lengthStop: 'MAX_TOKENS',
  refusalStop: 'SAFETY',
  keptOfThinking: 'c2lnbmVk',
  streams: GEMINI_STREAMS,
})
