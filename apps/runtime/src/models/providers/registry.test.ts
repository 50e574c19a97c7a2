import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  anthropicText,
  type FakeUpstream,
  geminiText,
  ollamaText,
  openaiText,
  startFakeUpstream,
  statusReply,
} from '../../testing/fake-upstream.ts'
import { createProviders } from './registry.ts'
import { aRequest, aToolExchange, collect, textOf } from './testing/requests.ts'

const never = AbortSignal.any([])

describe('createProviders', () => {
  let upstream: FakeUpstream
  beforeEach(async () => {
    upstream = await startFakeUpstream()
  })
  afterEach(() => upstream.close())

  it('holds what is configured and nothing else', () => {
    expect([...createProviders({}).keys()]).toEqual([])
    expect([...createProviders({ openai: { apiKey: 'k' } }).keys()]).toEqual(['openai'])
  })

  it.each(['anthropic', 'openai', 'deepseek', 'ollama', 'gemini'])(
    'names the setting of a key that %s refuses',
    async (id) => {
      const providers = createProviders({ [id]: { apiKey: 'sk-wrong', baseUrl: upstream.url } })
      upstream.enqueue(statusReply(401, { error: { type: 'authentication_error', message: 'invalid key' } }))
      const advice = `set ${id.toUpperCase()}_API_KEY to a valid key and start again`
      const message = `${id} 401: invalid key (authentication_error) — ${advice}`
      const events = await collect(providers.get(id)!.stream(aRequest(), never))
      expect(events.at(-1)).toMatchObject({ error: { message } })
    },
  )

  it('names the setting of a key that Gemini refuses in words of its own', async () => {
    const gemini = createProviders({ gemini: { apiKey: 'wrong', baseUrl: upstream.url } }).get('gemini')!
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]
    const error = { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT', details }
    upstream.enqueue(statusReply(400, { error }))
    expect((await collect(gemini.stream(aRequest(), never))).at(-1)).toMatchObject({
      error: {
        failureClass: 'permanent',
        message:
          'gemini 400: API key not valid. (INVALID_ARGUMENT) — set GEMINI_API_KEY to a valid key and start again',
      },
    })
  })

  it('makes providers that go where they are told to', async () => {
    const baseUrl = upstream.url
    const providers = createProviders({
      anthropic: { apiKey: 'a', baseUrl },
      openai: { apiKey: 'b', baseUrl },
      deepseek: { apiKey: 'c', baseUrl },
      'ollama-local': { baseUrl },
      ollama: { apiKey: 'd', baseUrl },
      gemini: { apiKey: 'e', baseUrl },
    })
    upstream.enqueue(anthropicText('anthropic'), openaiText('openai'), openaiText('deepseek'))
    upstream.enqueue(ollamaText('ollama-local'), ollamaText('ollama'), geminiText('gemini'))
    for (const [id, provider] of providers) {
      expect(provider.id).toBe(id)
      const events = await collect(provider.stream(aRequest(), never))
      expect(textOf(events)).toBe(id)
      expect(events.at(-1)).toMatchObject({ type: 'done', usage: { provider: id } })
    }
    const keys = upstream.requests.map(
      ({ headers }) => headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization,
    )
    expect(keys).toEqual(['a', 'Bearer b', 'Bearer c', undefined, 'Bearer d', 'e'])
  })

  it('treats DeepSeek as DeepSeek behind any address', async () => {
    const deepseek = createProviders({ deepseek: { apiKey: 'c', baseUrl: upstream.url } }).get('deepseek')!
    upstream.enqueue(openaiText('ok'))
    await collect(deepseek.stream(aRequest({ messages: aToolExchange('look', 'ok', 'I should.') }), never))
    expect(upstream.requests[0]?.body.messages[2].reasoning_content).toBe('I should.')
  })
})

describe('the adapters', () => {
  it('lean on no vendor SDK: every import is a file of ours, a part of Node, or the wire', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    const sources = files.filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|testing|scripted/.test(file))
    expect(sources.length).toBeGreaterThan(15)
    for (const file of sources) {
      const source = readFileSync(join(import.meta.dirname, file), 'utf8')
      for (const [, from] of source.matchAll(/^(?:import|export)[^'\n]* from '([^']+)'/gm)) {
        expect(from, file).toMatch(/^(\.{1,2}\/|node:|@loomcycle\/proto$)/)
      }
    }
  })
})
