import { expect, it, onTestFinished } from 'vitest'
import { startFakeUpstream } from '../../testing/fake-upstream.ts'
import { createAnthropic } from './anthropic/index.ts'
import { createOpenAi } from './openai/index.ts'
import { listedWindow, windowIn } from './window-in.ts'

const signal = new AbortController().signal

/** Who says it, at which address, in which words. */
const servers: [string, string, unknown, number | undefined][] = [
  ['vLLM', '/v1/models', { data: [{ id: 'm', max_model_len: 8192 }] }, 8192],
  ['llama.cpp', '/props', { default_generation_settings: { n_ctx: 4096 }, total_slots: 1 }, 4096],
  ['llama.cpp behind a proxy', '/v1/models', { data: [{ id: 'm', meta: { n_ctx_train: 131_072 } }] }, 131_072],
  [
    'LM Studio, loaded',
    '/api/v0/models',
    { data: [{ id: 'm', max_context_length: 131_072, loaded_context_length: 4096 }] },
    4096,
  ],
  ['LM Studio, not loaded', '/api/v0/models', { data: [{ id: 'm', max_context_length: 32_768 }] }, 32_768],
  [
    'OpenRouter',
    '/v1/models',
    { data: [{ id: 'm', context_length: 200_000, top_provider: { context_length: 131_072 } }] },
    131_072,
  ],
  ['Ollama, loaded', '/api/ps', { models: [{ name: 'm', model: 'm', context_length: 8192 }] }, 8192],
  ['Ollama, set', '/api/show', { parameters: 'stop "x"\nnum_ctx                        16384' }, 16_384],
  ['Ollama, neither', '/api/show', { model_info: { 'llama.context_length': 131_072 } }, undefined],
  ['a server that lists others', '/v1/models', { data: [{ id: 'other', max_model_len: 8192 }] }, undefined],
]

it.each(servers)('%s says at %s how much a model takes', async (_, path, answer, tokens) => {
  const upstream = await startFakeUpstream({ about: { [path]: answer } })
  onTestFinished(() => upstream.close())
  const provider = createOpenAi({ baseUrl: upstream.url, service: 'compatible' })
  expect(await provider.contextWindow!('m', signal)).toBe(tokens)
})

it('Anthropic says it of each model', async () => {
  const upstream = await startFakeUpstream({ about: { '/v1/models/claude-x': { max_input_tokens: 1_000_000 } } })
  onTestFinished(() => upstream.close())
  const provider = createAnthropic({ apiKey: 'key-of-a-test', baseUrl: upstream.url })
  expect(await provider.contextWindow!('claude-x', signal)).toBe(1_000_000)
})

it('OpenAI’s own models are known, since it does not say', () => {
  const { contextWindow, capabilities } = createOpenAi({ service: 'openai', apiKey: 'key-of-a-test' })
  expect(contextWindow).toBeUndefined()
  const models = ['gpt-4o', 'gpt-4.1-mini', 'gpt-5', 'gpt-5-chat-latest', 'gpt-4', 'gpt-3.5-turbo', 'o3']
  expect(models.map((model) => capabilities(model).contextWindow)).toEqual([
    128_000, 1_047_576, 272_000, 128_000, 8192, 16_385, 200_000,
  ])
})

it('nonsense says nothing', () => {
  expect([undefined, null, 4, {}, { max_model_len: '8192' }, { context_length: 0 }].map(windowIn)).toEqual(
    Array(6).fill(undefined),
  )
  expect([null, {}, { data: 'x' }, { data: [null] }].map((answer) => listedWindow(answer, 'm'))).toEqual(
    Array(4).fill(undefined),
  )
})
