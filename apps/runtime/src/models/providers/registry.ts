import type { ServiceAccess } from '../../ground/config/model-services.ts'
import { anthropic, anthropicOauth } from './anthropic/index.ts'
import { gemini } from './gemini/index.ts'
import type { HttpDeps } from './http.ts'
import type { ModelService } from './model-service.ts'
import { ollama, ollamaLocal } from './ollama/services.ts'
import { ownService } from './openai/own-service.ts'
import { deepseek, openai } from './openai/services.ts'
import type { Provider } from './provider.ts'

/** Every service there is, the ones that are preferred first. */
export const modelServices: readonly ModelService[] = [
  ...[anthropic, openai, deepseek, ollamaLocal, ollama, gemini],
  anthropicOauth,
]

/** A service that is not set up is not there; those of the operator’s own come last. */
export function createProviders(
  accesses: Readonly<Record<string, ServiceAccess>>,
  deps: HttpDeps = {},
): Map<string, Provider> {
  const found = modelServices.flatMap((service) => {
    const access = accesses[service.id]
    return access ? [service.create(access, deps)] : []
  })
  const own = Object.entries(accesses).flatMap(([id, access]) => (access.own ? [ownService(id, access, deps)] : []))
  return new Map([...found, ...own].map((provider) => [provider.id, provider]))
}
