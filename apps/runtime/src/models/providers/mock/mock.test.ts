import { describe, expect, it } from 'vitest'
import type { Message, ModelRequest, ProviderEvent } from '../provider.ts'
import { scoreOf } from './circuit.ts'
import { createMocks } from './index.ts'

const settings = { latencyMs: 50, latencyJitterMs: 25, rate429: 0, rate500: 0 }

/** Waits nobody notices, and remembers how long they would have been. */
function aClock() {
  const waits: number[] = []
  return {
    waits,
    now: () => 0,
    after(ms: number, callback: () => void) {
      waits.push(ms)
      queueMicrotask(callback)
      return () => {}
    },
  }
}

function request(model: string, ...results: unknown[]): ModelRequest {
  const messages: Message[] = [{ role: 'user', content: [{ type: 'text', text: 'Work on circuit c17, not c18.' }] }]
  for (const [i, result] of results.entries()) {
    messages.push({ role: 'assistant', content: [{ type: 'tool_use', id: `${i}`, name: 'X', input: {} }] })
    messages.push({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: `${i}`, name: 'X', text: JSON.stringify(result), is_error: false }],
    })
  }
  return { model, agent: model, runId: 'r_1', system: [], messages, tools: [] }
}

async function play(id: string, asked: ModelRequest, options: Partial<typeof settings> = {}, random = () => 0.5) {
  const clock = aClock()
  const mock = createMocks({ ...settings, ...options }, { clock, random }).find((one) => one.id === id)!
  const events: ProviderEvent[] = []
  for await (const event of mock.stream(asked, new AbortController().signal)) events.push(event)
  return { events, waits: clock.waits }
}

const callOf = async (model: string, ...results: unknown[]) =>
  (await play('mock', request(model, ...results))).events[0]

describe('the load-test provider', () => {
  it('takes as long as a real one, and a little longer for more text', async () => {
    const short = await play('mock', request('mock-generic'))
    expect(short.events).toMatchObject([
      { type: 'text', text: 'ok' },
      { type: 'done', stop_reason: 'end_turn' },
    ])
    expect(short.waits[0]).toBeCloseTo(62.5, 1)
    const long = await play('mock', request('mock-generic', 'x'.repeat(1_000_000)))
    expect(long.waits[0]! - short.waits[0]!).toBeCloseTo(10, 1)
  })

  it('refuses its share of calls before it takes any time; mock-stable never does', async () => {
    const refused = await play('mock', request('mock-generic'), { rate429: 1 })
    expect(refused).toMatchObject({
      events: [{ type: 'error', error: { message: 'mock 429: too many requests', failureClass: 'retryable' } }],
      waits: [],
    })
    const broken = await play('mock', request('mock-generic'), { rate500: 0.6 })
    expect(broken.events).toMatchObject([{ type: 'error', error: { status: 500 } }])
    const stable = await play('mock-stable', request('mock-generic'), { rate429: 1, rate500: 1 })
    expect(stable.events.at(-1)).toMatchObject({ type: 'done' })
  })

  it('makes one call a step, about the first circuit that is named', async () => {
    expect(await callOf('mock-researcher')).toMatchObject({
      name: 'Memory',
      input: { op: 'set', scope: 'user', key: 'c17-research' },
    })
    expect(await callOf('mock-researcher', {})).toMatchObject({
      input: { op: 'publish', channel: 'research-done/c17' },
    })
    expect(await callOf('mock-researcher', {}, {})).toMatchObject({ type: 'text' })
    expect(await callOf('mock-editor')).toMatchObject({
      name: 'Channel',
      input: { op: 'subscribe', channel: 'research-done/c17', wait_ms: 120_000, max_messages: 1 },
    })
    expect(await callOf('mock-editor', {}, {}, {}, { run_id: 'r_9' })).toMatchObject({
      input: { channel: 'editing-done/c17', value: { circuit_id: 'c17', editor_run_id: 'r_9' } },
    })
    const delivery = { messages: [{ value: { editor_run_id: 'r_9' } }] }
    expect(await callOf('mock-evaluator', delivery, {}, {}, {})).toMatchObject({
      name: 'Evaluation',
      input: { op: 'submit', run_id: 'r_9', score: scoreOf('c17') },
    })
    expect(await callOf('mock-mem-search')).toMatchObject({ name: 'Memory', input: { op: 'search' } })
    expect(await callOf('mock-nobody')).toMatchObject({ type: 'error', error: { failureClass: 'deprecated' } })
  })

  it('scores from 0.5 up to 1, the same every time', () => {
    for (const id of ['c1', 'c2', 'c999']) {
      expect(scoreOf(id)).toBe(scoreOf(id))
      expect(scoreOf(id)).toBeGreaterThanOrEqual(0.5)
      expect(scoreOf(id)).toBeLessThan(1)
    }
  })
})
