import type { ServiceAccess } from '../../../ground/config/model-services.ts'
import { isLocalAddress } from '../local-address.ts'
import type { ModelService } from '../model-service.ts'
import { createOllama } from './index.ts'

const hours = 3_600_000

const LOCAL_CONTEXT = 'LOOMCYCLE_OLLAMA_LOCAL_NUM_CTX'
const LOCAL_HEADER = 'LOOMCYCLE_OLLAMA_LOCAL_HEADER_TIMEOUT_MS'
const LOCAL_IDLE = 'LOOMCYCLE_OLLAMA_LOCAL_IDLE_TIMEOUT_MS'
const CONTEXT = 'LOOMCYCLE_OLLAMA_NUM_CTX'

const contextRange = { min: 256, max: 16_777_216 }
const patienceRange = { min: 1, max: 24 * hours, unit: 'ms' } as const

/** One on a machine of one's own. */
export const ollamaLocal: ModelService = {
  id: 'ollama-local',
  baseUrlVariable: 'OLLAMA_BASE_URL',
  needs: 'address',
  notes: { OLLAMA_BASE_URL: 'Where OLLAMA_API_KEY is not set, the provider ollama means this one, too.' },
  numbers: {
    contextTokens: {
      variable: LOCAL_CONTEXT,
      ...contextRange,
      about: 'Tokens of context that models are loaded with, which takes memory; otherwise as Ollama is set up.',
    },
    headerTimeoutMs: {
      variable: LOCAL_HEADER,
      ...patienceRange,
      about:
        'So long may it take until it begins to answer: to load the model, and to read all that was said; otherwise as LOOMCYCLE_LOCAL_MODEL_TIMEOUT_MS has it.',
    },
    idleTimeoutMs: {
      variable: LOCAL_IDLE,
      ...patienceRange,
      about:
        'So long may it be silent in the middle of an answer; otherwise as LOOMCYCLE_LOCAL_MODEL_TIMEOUT_MS has it.',
    },
  },
  create: ({ apiKey, baseUrl = 'http://127.0.0.1:11434', contextTokens, headerTimeoutMs, idleTimeoutMs }, deps) =>
    createOllama(
      {
        id: ollamaLocal.id,
        baseUrl,
        isLocal: true,
        isCloud: false,
        contextVariable: LOCAL_CONTEXT,
        ...(apiKey && { apiKey }),
        ...(contextTokens && { contextTokens }),
        patience: {
          ...(headerTimeoutMs && { headerTimeoutMs }),
          ...(idleTimeoutMs && { idleTimeoutMs }),
          settings: { header: LOCAL_HEADER, idle: LOCAL_IDLE },
        },
      },
      deps,
    ),
}

/** Ollama's cloud, or whatever else speaks its protocol and asks for a key. */
export const ollama: ModelService = {
  id: 'ollama',
  keyVariable: 'OLLAMA_API_KEY',
  baseUrlVariable: 'OLLAMA_CLOUD_BASE_URL',
  needs: 'key',
  standIn: ollamaLocal.id,
  notes: { OLLAMA_API_KEY: 'For Ollama’s cloud; one of your own is ollama-local, and needs none.' },
  numbers: {
    contextTokens: {
      variable: CONTEXT,
      ...contextRange,
      about: 'Tokens of context that models are asked to take; otherwise all that they can.',
    },
  },
  create: ({ apiKey, baseUrl = 'https://ollama.com', contextTokens }: ServiceAccess, deps) =>
    createOllama(
      {
        id: ollama.id,
        baseUrl,
        isLocal: isLocalAddress(baseUrl),
        isCloud: true,
        keyVariable: ollama.keyVariable,
        contextVariable: CONTEXT,
        ...(apiKey && { apiKey }),
        ...(contextTokens && { contextTokens }),
      },
      deps,
    ),
}
