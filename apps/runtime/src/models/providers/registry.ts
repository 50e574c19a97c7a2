import { type AnthropicOptions, createAnthropic } from './anthropic/index.ts'
import type { HttpDeps } from './http.ts'
import { createOpenAi } from './openai/index.ts'
import type { Provider } from './provider.ts'

/** A service that is not mentioned is not there. */
export interface ProvidersConfig {
  anthropic?: AnthropicOptions
  openai?: { apiKey?: string; baseUrl?: string }
  ollama?: { baseUrl?: string }
  deepseek?: { apiKey: string; baseUrl?: string }
}

/** A local model may take minutes to load before it says its first word, whatever patience the others deserve. */
const LOCAL_TIMEOUT_MS = 300_000

export function createProviders(config: ProvidersConfig, deps: HttpDeps = {}): Map<string, Provider> {
  const { anthropic, openai, ollama, deepseek } = config
  const providers: Provider[] = []
  if (anthropic) providers.push(createAnthropic(anthropic, deps))
  if (openai) providers.push(createOpenAi({ id: 'openai', keyVariable: 'OPENAI_API_KEY', ...openai }, deps))
  if (deepseek) {
    const baseUrl = deepseek.baseUrl || 'https://api.deepseek.com'
    const key = { apiKey: deepseek.apiKey, keyVariable: 'DEEPSEEK_API_KEY' }
    providers.push(createOpenAi({ id: 'deepseek', service: 'deepseek', ...key, baseUrl }, deps))
  }
  if (ollama) {
    const baseUrl = ollama.baseUrl || 'http://127.0.0.1:11434'
    const patience = {
      headerTimeoutMs: Math.max(LOCAL_TIMEOUT_MS, deps.headerTimeoutMs ?? 0),
      idleTimeoutMs: Math.max(LOCAL_TIMEOUT_MS, deps.idleTimeoutMs ?? 0),
    }
    providers.push(createOpenAi({ id: 'ollama', service: 'compatible', baseUrl }, { ...deps, ...patience }))
  }
  return new Map(providers.map((provider) => [provider.id, provider]))
}
