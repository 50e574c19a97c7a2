import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, ollamaText, startFakeUpstream, statusReply } from '../../../testing/fake-upstream.ts'
import type { Provider } from '../provider.ts'
import { ollamaError } from '../testing/ollama-wire.ts'
import { aRequest, collect } from '../testing/requests.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { ollama, ollamaLocal } from './services.ts'

const never = AbortSignal.any([])
const shown = {
  capabilities: ['completion', 'tools', 'thinking', 'vision'],
  model_info: { 'general.architecture': 'qwen3', 'qwen3.context_length': 40_960 },
  details: { family: 'qwen3' },
}
const loaded = (context_length: number) => ({ models: [{ name: 'm:latest', model: 'm:latest', context_length }] })

describe('what Ollama says of its models', () => {
  let upstream: FakeUpstream
  let about: Record<string, unknown>
  const clock = createTestClock()
  const local = (more = {}): Provider => ollamaLocal.create({ baseUrl: upstream.url, ...more }, { clock })
  const cloud = (more = {}): Provider => ollama.create({ baseUrl: upstream.url, apiKey: 'key-of-test', ...more }, {})
  const play = (provider: Provider, request = {}) =>
    collect(provider.stream(aRequest({ model: 'm', ...request }), never))

  beforeEach(async () => {
    about = {}
    upstream = await startFakeUpstream({ about, models: ['m:latest', 'embedder'] })
  })
  afterEach(() => upstream.close())

  it('decides whether it is told how much to think, and shown pictures', async () => {
    const image = { type: 'image' as const, media_type: 'image/png', data: 'AAAA' }
    const request = { effort: 'high', messages: [{ role: 'user', content: [image] }] }
    upstream.enqueue(ollamaText('a'), ollamaText('b'), ollamaText('c'))
    await play(local(), request)
    about['/api/show'] = shown
    await play(local(), request)
    about['/api/show'] = { ...shown, details: { family: 'gptoss' } }
    await play(local(), request)
    expect(upstream.requests.map(({ body }) => [body.think, body.messages[1].images])).toEqual([
      [undefined, undefined],
      [true, ['AAAA']],
      ['high', ['AAAA']],
    ])
  })

  it.each([
    ['what it is loaded with', {}, { ps: loaded(8192), show: shown }, 8192],
    ['what it is set to', {}, { show: { ...shown, parameters: 'stop "x"\nnum_ctx    16384' } }, 16_384],
    ['what is asked for', { contextTokens: 12_288 }, { ps: loaded(8192), show: shown }, 12_288],
    ['no more than it can', { contextTokens: 65_536 }, { show: shown }, 40_960],
    ['unknown before it is loaded', {}, { show: shown }, undefined],
    ['all that it can, elsewhere', {}, { show: { ...shown, remote_host: 'https://ollama.com' } }, 40_960],
    ['unknown to an old server', {}, {}, undefined],
  ] as const)('its window is %s', async (_, access, { ps, show }: { ps?: object; show?: object }, tokens) => {
    if (ps) about['/api/ps'] = ps
    if (show) about['/api/show'] = show
    expect(await local(access).contextWindow!('m', never)).toBe(tokens)
  })

  it('in the cloud a window is all that the model can, unless less is asked for', async () => {
    about['/api/show'] = shown
    expect(await cloud().contextWindow!('m', never)).toBe(40_960)
    expect(await cloud({ contextTokens: 8192 }).contextWindow!('m', never)).toBe(8192)
  })

  it('what it has said once still holds where it does not answer later', async () => {
    const provider = local()
    upstream.enqueue(ollamaText('a'), ollamaText('b'))
    about['/api/show'] = shown
    await play(provider, { effort: 'high' })
    delete about['/api/show']
    clock.after(300_000, () => {})
    await clock.fire(300_000)
    await play(provider, { effort: 'high' })
    expect(upstream.requests.map(({ body }) => body.think)).toEqual([true, true])
  })

  it('a window is known for five minutes, and said with each answer', async () => {
    const provider = local()
    const windowAfter = async () => {
      upstream.enqueue(ollamaText('a'))
      return (await play(provider)).at(-1)
    }
    expect(await windowAfter()).not.toHaveProperty('usage.max_context_tokens')
    about['/api/ps'] = loaded(4096)
    expect(await windowAfter()).toMatchObject({ usage: { max_context_tokens: 4096 } })
    about['/api/ps'] = loaded(8192)
    expect(await windowAfter()).toMatchObject({ usage: { max_context_tokens: 4096 } })
    clock.after(300_000, () => {})
    await clock.fire(300_000)
    expect(await windowAfter()).toMatchObject({ usage: { max_context_tokens: 8192 } })
  })

  it('the size, what is loaded and how large, and who thinks, are told of each', async () => {
    about['/api/ps'] = loaded(4096)
    about['/api/show'] = { ...shown, capabilities: ['completion', 'thinking'] }
    const provider = local()
    expect(provider.capabilities('m:latest')).toEqual({ thinking: false, vision: false })
    expect([...(await provider.describeModels!(never))]).toEqual([
      ['m:latest', { sizeBytes: 1e9, isLoaded: true, contextWindow: 4096 }],
      ['embedder', { sizeBytes: 1e9, isLoaded: false }],
    ])
    const windows = async (contextTokens: number) =>
      [...(await local({ contextTokens }).describeModels!(never)).values()].map(({ contextWindow }) => contextWindow)
    expect(await windows(8192)).toEqual([8192, 8192])
    expect(await windows(99_999)).toEqual([40_960, 40_960])
    expect(provider.capabilities('m:latest')).toEqual({ thinking: true, vision: false })
    expect(cloud().describeModels).toBeUndefined()
  })

  it('a usual model talks, and is near', async () => {
    const provider = local()
    expect(provider.preferredModel(['nomic-embed-text:latest', 'gpt-oss:120b-cloud', 'qwen3:14b', 'llama3'])).toBe(
      'qwen3:14b',
    )
    expect(provider.preferredModel(['gpt-oss:120b-cloud'])).toBe('gpt-oss:120b-cloud')
    about['/api/show'] = { ...shown, capabilities: ['embedding'] }
    upstream.enqueue(ollamaText('a'))
    await play(provider)
    expect(provider.preferredModel(['m', 'llama3'])).toBe('llama3')
    expect(() => provider.preferredModel([])).toThrow('offers no models')
  })

  it('no model at all is an empty list, and something else is said to be unreadable', async () => {
    about['/api/tags'] = { models: null }
    expect(await local().listModels(never)).toEqual([])
    about['/api/tags'] = { hello: 'there' }
    await expect(local().listModels(never)).rejects.toThrow('the list of models could not be read')
  })

  it.each(['', '/', '/v1', '/v1/', '/api', '/api/chat', '/v1/chat/completions'])(
    'its address may end with "%s"',
    async (end) => {
      expect(await local({ baseUrl: upstream.url + end }).listModels(never)).toEqual(['m:latest', 'embedder'])
    },
  )

  const failureOf = async (provider: Provider, status: number, message: string) => {
    upstream.enqueue(statusReply(status, ollamaError(message)))
    const last = (await play(provider)).at(-1)
    if (last?.type !== 'error') throw new Error(`ended with ${last?.type}`)
    return last.error
  }

  it('a model that is not there is one to pull', async () => {
    expect(await failureOf(local(), 404, 'model "m" not found, try pulling it first')).toMatchObject({
      failureClass: 'deprecated',
      message:
        'ollama-local 404: model "m" not found, try pulling it first — run `ollama pull m` where it runs, or choose a model that it has',
    })
    expect((await failureOf(cloud(), 404, "model 'm' not found")).message).toBe("ollama 404: model 'm' not found")
  })

  it('a model that does not fit into memory is not asked again, and what helps is said', async () => {
    const failure = await failureOf(
      local(),
      500,
      'model requires more system memory (9.1 GiB) than is available (3 GiB)',
    )
    expect(failure).toMatchObject({ failureClass: 'retryable', status: 500, hints: { final: true } })
    expect(failure.message).toMatch(/smaller model.* LOOMCYCLE_OLLAMA_LOCAL_NUM_CTX/)
    expect((await failureOf(local(), 500, 'llama runner process has terminated: exit status 2')).hints).toEqual({})
  })

  it('a key that is refused is named', async () => {
    expect((await failureOf(cloud(), 401, 'unauthorized')).message).toContain('set OLLAMA_API_KEY to a valid key')
    expect((await failureOf(local(), 401, 'unauthorized')).message).toContain('`ollama signin`')
  })
})
