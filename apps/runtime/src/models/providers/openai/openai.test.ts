import { openaiError, openaiTurn } from '../testing/openai-wire.ts'
import { type ConformanceWire, providerConformance } from '../testing/provider-conformance.ts'
import { OPENAI_STREAMS } from '../testing/streams.ts'
import { createOpenAi } from './index.ts'
import { ownService } from './own-service.ts'

const wire: ConformanceWire = {
  turn: openaiTurn,
  error: (message) => openaiError('some_error', message),
  errorFrame: `data: ${JSON.stringify(openaiError('server_error', 'The server had an error'))}\n\n`,
  tooLong: openaiError(
    'invalid_request_error',
    "This model's maximum context length is 128000 tokens. However, your messages resulted in 130211 tokens.",
  ),
  lengthStop: 'length',
  refusalStop: 'content_filter',
  streams: OPENAI_STREAMS,
}

providerConformance('openai', ({ clock, ...options }) => createOpenAi(options, { clock }), wire)

const quirks = { omit: ['stream_options'], rename: {}, extra: {}, takesTools: true }

providerConformance(
  'a service of the operator’s own',
  ({ clock, ...access }) => ownService('gateway', { ...access, own: { headers: {}, quirks } }, { clock }),
  wire,
)
