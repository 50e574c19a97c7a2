import { openaiError } from '../../testing/openai-wire.ts'
import { providerConformance } from '../../testing/provider-conformance.ts'
import { responsesTurn } from '../../testing/responses-wire.ts'
import { RESPONSES_STREAMS } from '../../testing/streams.ts'
import { ownService } from '../own-service.ts'

const error = { type: 'error', code: 'server_error', message: 'The server had an error', param: null }
const quirks = { api: 'responses' as const, omit: [], rename: {}, extra: {}, takesTools: true }

providerConformance(
  'openai responses',
  ({ clock, ...access }) => ownService('gateway', { ...access, own: { headers: {}, quirks } }, { clock }),
  {
    turn: responsesTurn,
    error: (message) => openaiError('some_error', message),
    errorFrame: `event: error\ndata: ${JSON.stringify(error)}\n\n`,
    tooLong: openaiError(
      'invalid_request_error',
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130211 tokens.",
    ),
    lengthStop: 'max_output_tokens',
    refusalStop: 'content_filter',
    streams: RESPONSES_STREAMS,
  },
)
