import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask } from './ask.ts'
import type { HttpDeps } from './http.ts'
import { ollamaLocal } from './ollama/services.ts'
import { createOpenAi } from './openai/index.ts'
import type { Provider, ProviderEvent } from './provider.ts'
import { ollamaTurn } from './testing/ollama-wire.ts'
import { openaiTurn } from './testing/openai-wire.ts'
import type { FakeTurn, Reply } from './testing/reply.ts'
import { aRequest, aTool, callsOf, textOf } from './testing/requests.ts'
import { createTestClock } from './testing/test-clock.ts'

const offered = ['search', 'read_file']
const call = '{"name": "search", "arguments": {"q": "ferry"}}'
const bits = [
  call,
  '```json\n',
  '\n```',
  '<tool_call>',
  '</tool_call>',
  '[tool_use:search] {"q": 1}',
  '[TOOL_CALLS]',
  '{"name": "delete_all", "arguments": {}}',
  'As I said: ',
  '\n\n',
  '{',
  '"',
  '[',
  '<thi',
]

/** Texts as models write them, in pieces; of tags that mark thinking, only what is none. */
const pieces = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'grapheme' })), { maxLength: 8 })
const calls = fc.array(
  fc.record({
    name: fc.constantFrom('search', 'Search', 'functions.search', 'delete_all', 'read_file'),
    pieces: fc.array(fc.constantFrom('{"q":', '"ferry"', ',', '}', '{}', '"', '\n'), { minLength: 1, maxLength: 5 }),
  }),
  { maxLength: 2 },
)
const turn = fc.record({ text: pieces, calls, stop: fc.constantFrom('stop', 'length') })

async function played(provider: Provider): Promise<ProviderEvent[]> {
  const request = aRequest({ tools: offered.map((name) => aTool(name, { type: 'object' })) })
  const retries = { clock: createTestClock(), patienceMs: 0, attempts: 0 }
  const events: ProviderEvent[] = []
  for await (const event of ask(provider, request, AbortSignal.any([]), retries)) {
    if (event.type !== 'retry') events.push(event)
  }
  return events
}

function holds(toReply: (turn: FakeTurn) => Reply, make: (deps: HttpDeps) => Provider) {
  const property = fc.asyncProperty(turn, async (said) => {
    const { body } = toReply(said)
    const events = await played(make({ fetch: async () => new Response(body) }))
    const text = said.text.join('').trimStart()
    const last = events.at(-1)
    // A turn without a word is none, and says so.
    if (last?.type === 'error') {
      expect(said.text.join('')).toBe('')
      return
    }
    const made = callsOf(events)
    const named = said.calls.map(({ name }) => name)
    const isWritten = made.length > 0 && textOf(events) === '' && text !== ''
    if (!isWritten) expect(textOf(events).trimStart()).toBe(text)
    else expect(said.calls).toEqual([])
    for (const { name, input } of made) {
      if (isWritten) expect(offered).toContain(name)
      else expect(['search', ...named]).toContain(name)
      expect(['object', 'string']).toContain(typeof input)
    }
  })
  return fc.assert(property, { numRuns: 1000 })
}

describe('whatever a model of one’s own writes, no word is lost, and nothing is called that was not', () => {
  it('by Ollama', () => holds(ollamaTurn, (deps) => ollamaLocal.create({ baseUrl: 'http://127.0.0.1' }, deps)))

  it('by a server that speaks OpenAI’s protocol', () =>
    holds(openaiTurn, (deps) => createOpenAi({ baseUrl: 'http://127.0.0.1', service: 'compatible' }, deps)))
})
