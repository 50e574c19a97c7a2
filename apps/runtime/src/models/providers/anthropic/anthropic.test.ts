import { anthropicError, anthropicTurn } from '../testing/anthropic-wire.ts'
import { providerConformance } from '../testing/provider-conformance.ts'
import { ANTHROPIC_STREAMS } from '../testing/streams.ts'
import { createAnthropic } from './index.ts'

const overloaded = anthropicError('overloaded_error', 'Overloaded')

providerConformance('anthropic', ({ clock, ...options }) => createAnthropic(options, { clock }), {
  turn: anthropicTurn,
  error: (message) => anthropicError('some_error', message),
  errorFrame: `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`,
  lengthStop: 'max_tokens',
  streams: ANTHROPIC_STREAMS,
})
