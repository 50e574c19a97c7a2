import { expect, it } from 'vitest'
import { plainAgent } from '../../ground/config/config.ts'
import type { Provider } from '../providers/provider.ts'
import { routeAsBegun } from './route.ts'

const aProvider = (id: string): Provider => ({
  id,
  async *stream() {},
  listModels: async () => [],
  capabilities: () => ({ thinking: false, vision: false }),
  preferredModel: () => 'm',
})

function routeOf(...ids: string[]) {
  const providers = new Map(ids.map((id) => [id, aProvider(id)]))
  const route = routeAsBegun(providers, () => Promise.reject(new Error('it began with one')))
  const agent = { ...plainAgent, name: 'a', source: 'file' as const }
  const request = { tenantId: 't', userId: 'u', agent, route: null, userTier: undefined }
  return async (provider: string) => {
    const found = await route({ ...request, began: { provider, model: 'qwen3' } })
    return `${found.provider.id}/${found.model}`
  }
}

it('a run goes on with what it began with', async () => {
  expect(await routeOf('openai', 'ollama')('ollama')).toBe('ollama/qwen3')
  await expect(routeOf('openai')('anthropic')).rejects.toThrow(
    /which is not set up any more; set ANTHROPIC_API_KEY and/,
  )
})

it('a run that began with an Ollama goes on with the one there is on this machine', async () => {
  expect(await routeOf('ollama-local')('ollama')).toBe('ollama-local/qwen3')
  expect(await routeOf('ollama-local', 'ollama')('ollama')).toBe('ollama/qwen3')
  await expect(routeOf('ollama')('ollama-local')).rejects.toThrow(/set OLLAMA_BASE_URL and/)
  await expect(routeOf('openai')('ollama')).rejects.toThrow(/set OLLAMA_API_KEY or OLLAMA_BASE_URL and/)
})
