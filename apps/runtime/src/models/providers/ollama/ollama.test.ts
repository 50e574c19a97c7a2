import { ollamaError, ollamaLines, ollamaTurn } from '../testing/ollama-wire.ts'
import { providerConformance } from '../testing/provider-conformance.ts'
import { OLLAMA_STREAMS } from '../testing/streams.ts'
import { ollama, ollamaLocal } from './services.ts'

const wire = {
  turn: ollamaTurn,
  error: ollamaError,
  errorFrame: ollamaLines([ollamaError('an error was encountered while running the model')]),
  tooLong: ollamaError('the input length exceeds the context length'),
  tellsNoWindow: true,
  lengthStop: 'length',
  frameEnd: '\n',
  countsNoCache: true,
  streams: OLLAMA_STREAMS,
} as const

providerConformance('ollama-local', ({ clock, ...access }) => ollamaLocal.create(access, { clock }), {
  ...wire,
  patience: {
    header: 'LOOMCYCLE_OLLAMA_LOCAL_HEADER_TIMEOUT_MS',
    idle: 'LOOMCYCLE_OLLAMA_LOCAL_IDLE_TIMEOUT_MS',
  },
})

providerConformance('ollama', ({ clock, ...access }) => ollama.create(access, { clock }), wire)
