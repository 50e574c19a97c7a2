import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createAnthropic } from '../src/models/providers/anthropic/index.ts'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

interface Box {
  url: string
  /** Whoever opened a socket to it, whatever they said. */
  connections: number
  bodies: string[]
}

/** A machine that a model service could be on. It answers as `say` says; undefined fails. */
async function aBox(say: (body: string) => object | undefined): Promise<Box> {
  const box: Box = { url: '', connections: 0, bodies: [] }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    box.bodies.push(body)
    if (request.method === 'GET') return response.end(JSON.stringify({ data: [{ id: 'm' }] }))
    const said = say(body)
    response.writeHead(said ? 200 : 500, { 'content-type': 'application/json' })
    response.end(JSON.stringify(said ?? { error: { message: 'overloaded' } }))
  })
  server.on('connection', () => box.connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  box.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return box
}

const message = (message: object, finish_reason = 'stop') => ({
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
  usage: { prompt_tokens: 900, completion_tokens: 5 },
})
const calls = (name: string, input: object) => {
  const call = { id: `${name}-1`, type: 'function', function: { name, arguments: JSON.stringify(input) } }
  return message({ content: null, tool_calls: [call] }, 'tool_calls')
}

it('what an agent is told that may run here alone is told to nobody else, whatever fails', async () => {
  const secret = 'the merger with Northwind'
  let steps = 0
  const script = [
    calls('Memory', { op: 'set', scope: 'user', key: 'k', value: secret, embed: true }),
    calls('Memory', { op: 'search', scope: 'user', query: secret }),
    calls('Document', { op: 'create_document', title: secret }),
    calls('Document', { op: 'search', query: secret }),
    calls('Agent', { name: 'abroad', prompt: 'What is the weather?' }),
    message({ content: 'I have kept it.' }),
  ]
  const local = await aBox((body) =>
    body.includes('You write summaries') ? message({ content: 'a summary' }) : script[steps++],
  )
  const abroad = await aBox(() => message({ content: 'Rain.' }))
  const far = await aBox(() => undefined)

  const runtime = await startRuntime({
    providers: [
      createAnthropic({ apiKey: 'k', baseUrl: far.url }),
      createOpenAi({ apiKey: 'k', baseUrl: abroad.url }),
      createOpenAi({ id: 'ollama', service: 'compatible', isLocal: true, baseUrl: local.url }),
    ],
    env: { LOOMCYCLE_PROVIDER_PATIENCE_MS: '0' },
    agents: {
      here: {
        ...{ provider: undefined, model: undefined, tier: 'low', providers: ['ollama'], retryAttempts: 0 },
        compaction: { enabled: true, autocompact_at_pct: 50 },
      },
      abroad: { provider: 'openai', model: 'm' },
    },
    config: {
      windows: { 'ollama/m': 1000 },
      tiers: { low: ['anthropic', 'openai', 'ollama'].map((provider) => ({ provider, model: 'm' })) },
      userTiers: {
        default: { name: 'default', tiers: {}, fallbackOnError: true, maxFallbackAttempts: 3 },
      },
      memory: {
        entries: [],
        embedder: { provider: 'openai', model: 'e', baseUrl: far.url, apiKey: 'k', timeoutMs: 1000, batchSize: 10 },
      },
    },
  })

  const talk = new Reader(clientOf(runtime).runStreaming({ agent: 'here', segments: say(secret) }))
  await talk.toEnd()
  const results = talk.events.flatMap(({ type, text }) => (type === 'tool_result' ? [text!] : []))
  expect(results[0]).toContain('may use ollama alone, and what makes vectors is openai')
  expect(results[1]).toContain('may use ollama alone, and what makes vectors is openai')
  expect(results[3]).toContain('found by words alone')
  expect(results[4]).toContain('Rain.')
  // Here its model fails for good: it would fall back if it might.
  expect(talk.events.some(({ type }) => type === 'provider_fallback')).toBe(false)
  const later = new Reader(
    clientOf(runtime).continueSession({
      sessionId: talk.events.find((e) => e.session_id)!.session_id!,
      segments: say(secret),
    }),
  )
  await later.toEnd()
  expect(later.events.find(({ type }) => type === 'error')).toBeDefined()

  expect(local.bodies.some((body) => body.includes('You write summaries'))).toBe(true)
  // Nobody as much as knocks where none of them may run.
  expect(far.connections).toBe(0)
  // What its agent says of itself holds for the one it started, and for nobody else.
  const asked = abroad.bodies.filter((body) => body.includes('"messages"'))
  expect(asked).toHaveLength(1)
  expect(asked[0]).toContain('What is the weather?')
  expect(abroad.bodies.join()).not.toContain('Northwind')
})
