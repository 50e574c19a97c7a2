import { anthropicError, anthropicTurn } from '../testing/anthropic-wire.ts'
import { providerConformance } from '../testing/provider-conformance.ts'
import { ANTHROPIC_STREAMS } from '../testing/streams.ts'
import { createAnthropic } from './index.ts'

const overloaded = anthropicError('overloaded_error', 'Overloaded')

providerConformance('anthropic', ({ clock, ...options }) => createAnthropic(options, { clock }), {
  turn: anthropicTurn,
  error: (message) => anthropicError('some_error', message),
  errorFrame: `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`,
  tooLong: anthropicError('invalid_request_error', 'prompt is too long: 207310 tokens > 200000 maximum'),
  lengthStop: 'max_tokens',
  refusalStop: 'refusal',
  streams: ANTHROPIC_STREAMS,
})
