import { describe, expect, it, onTestFinished } from 'vitest'
import type { Price } from '../src/ground/config/config.ts'
import type { Principal } from '../src/ground/identity/principal.ts'
import { createAnthropic } from '../src/models/providers/anthropic/index.ts'
import { createOpenAi } from '../src/models/providers/openai/index.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { aBoard } from '../src/testing/a-board.ts'
import { anthropicTurn, openaiText, sseReply, startFakeUpstream } from '../src/testing/fake-upstream.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'
import { aPrincipal } from '../src/tools/testing/a-caller.ts'
import { aCalendar } from './a-calendar.ts'

const taking =
  (input_tokens: number, output_tokens: number, more: object = {}): ScriptedModel =>
  () => ({ text: 'Hello.', usage: { input_tokens, output_tokens, ...more } })

const price = (more: Partial<Price> = {}): Price => ({ currency: 'USD', input: 3_000_000, output: 15_000_000, ...more })

async function run(runtime: TestRuntime, agent: string, more: object = {}) {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say('hi'), ...more }))
  await reader.toEnd()
  const { run_id, session_id } = reader.events.find(({ type }) => type === 'agent')!
  return { reader, runId: run_id!, sessionId: session_id! }
}

const started = (models: Record<string, ScriptedModel>, options: Partial<TestRuntimeOptions> = {}) =>
  startRuntime({ models, ...options })

describe('what model calls took', () => {
  it('is told by whatever one wants to tell apart', async () => {
    const clock = aCalendar('2026-11-30T23:30:00Z')
    const runtime = await started({ small: taking(10, 1), large: taking(1000, 100) }, { clock })
    await run(runtime, 'small', { userId: 'ada' })
    await run(runtime, 'large', { userId: 'ada' })
    clock.set('2026-12-01T00:30:00Z')
    await run(runtime, 'small', { userId: 'bob', tenantId: 'acme' })
    const client = clientOf(runtime)
    const all = await client.usageReport()
    expect(all).toEqual({
      group_by: [],
      rows: [
        {
          ...{ input_tokens: 1020, output_tokens: 102, cache_creation_tokens: 0, cache_read_tokens: 0 },
          ...{ cost: 0, call_count: 3, unpriced_calls: 3 },
        },
      ],
    })
    const by = async (...groupBy: NonNullable<Parameters<typeof client.usageReport>[0]>['groupBy'] & string[]) =>
      (await client.usageReport({ groupBy: groupBy as never })).rows
    expect(await by('tenant', 'user')).toMatchObject([
      { tenant_id: 'default', user_id: 'ada', input_tokens: 1010 },
      { tenant_id: 'acme', user_id: 'bob', input_tokens: 10 },
    ])
    expect(await by('provider', 'model', 'source')).toMatchObject([
      { provider: 'scripted', model: 'large', credential_source: 'operator', call_count: 1 },
      { provider: 'scripted', model: 'small', credential_source: 'operator', call_count: 2 },
    ])
    expect(await by('day', 'agent')).toMatchObject([
      { day: '2026-12-01', agent: 'small', input_tokens: 10 },
      { day: '2026-11-30', agent: 'large', input_tokens: 1000 },
      { day: '2026-11-30', agent: 'small', input_tokens: 10 },
    ])
    const upTo = async (period: object) => (await client.usageReport(period)).rows[0]?.call_count
    expect(await upTo({ to: '2026-11-30' })).toBe(2)
    expect(await upTo({ to: '2026-12-01T00:00:00Z' })).toBe(2)
    expect(await upTo({ to: '2026-12-01T00:00:01Z' })).toBe(3)
    expect(await upTo({ from: '2026-12-01' })).toBe(1)
    expect(await upTo({ from: '2026-12-02' })).toBeUndefined()
    expect(await upTo({ userId: 'ada', agent: 'small' })).toBe(1)
    expect(await client.usageReport({ groupBy: ['agent'], limit: 1 })).toMatchObject({
      rows: [{ agent: 'large' }],
      truncated: true,
    })
  })

  it('is told of a run, of a conversation, and of the runs about a card', async () => {
    const boss: ScriptedModel = ({ messages }) => ({
      usage: { input_tokens: 1, output_tokens: 1 },
      ...(messages.length === 1
        ? { tool_calls: [{ name: 'Agent', input: { op: 'spawn', name: 'worker', prompt: 'x' } }] }
        : { text: 'done' }),
    })
    const runtime = await started({ boss, worker: taking(100, 10) })
    const client = clientOf(runtime)
    const board = await aBoard(runtime)
    const [card, other] = [await board.card('A'), await board.card('B')]
    await board.comment(card, 'Go.', 'boss')
    await board.answers(1)
    await board.comment(other, 'Go.', 'worker')
    await board.answers(2)
    const { runId, sessionId } = await run(runtime, 'worker')
    const { rows } = await client.usageReport({ groupBy: ['run', 'session', 'agent'] })
    expect(rows).toHaveLength(4)
    expect(await client.usageReport({ runId })).toMatchObject({ rows: [{ input_tokens: 100, call_count: 1 }] })
    expect(await client.usageReport({ sessionId, groupBy: ['run'] })).toMatchObject({ rows: [{ run_id: runId }] })
    const about = { documentId: board.document_id }
    expect(await client.usageReport(about)).toMatchObject({ rows: [{ input_tokens: 202, call_count: 4 }] })
    expect(await client.usageReport({ ...about, chunkId: card, groupBy: ['agent'] })).toMatchObject({
      rows: [
        { agent: 'worker', input_tokens: 100 },
        { agent: 'boss', input_tokens: 2, call_count: 2 },
      ],
    })
    await expect(client.usageReport({ chunkId: card })).rejects.toMatchObject({ status: 400 })
  })

  it('has its price of the moment, to the last digit, and keeps it when prices change', async () => {
    const usage = { cache_creation_input_tokens: 10, cache_read_input_tokens: 1000 }
    const priced = { pricing: { 'scripted/*': price({ cacheCreation: 3_750_000, cacheRead: 300_000 }) } }
    const runtime = await started({ model: taking(1, 2, usage) }, { config: priced })
    for (let n = 0; n < 10; n++) await run(runtime, 'model')
    // 1 × 3 + 2 × 15 + 10 × 3.75 + 1000 × 0.3, of which floats make 0.003705000000000001.
    const rows = [{ cost: 0.003705, currency: 'USD', call_count: 10, unpriced_calls: 0 }]
    expect(await clientOf(runtime).usageReport()).toMatchObject({ rows })
    const next = await runtime.restart({ config: { pricing: { 'scripted/model': price({ currency: 'EUR' }) } } })
    const client = clientOf(next)
    expect(await client.usageReport()).toMatchObject({ rows })
    expect(await client.usageReport({ groupBy: ['provider'] })).toMatchObject({ rows })
    // Read from a cache, which has no price any more.
    await run(next, 'model')
    expect(await client.usageReport()).toMatchObject({ rows: [{ cost: 0.003705, call_count: 11, unpriced_calls: 1 }] })
  })

  it('stands apart by currency', async () => {
    const pricing = { 'scripted/a': price(), 'scripted/b': price({ currency: 'EUR' }) }
    const runtime = await started(
      { a: taking(1_000_000, 0), b: taking(2_000_000, 0), c: taking(1, 1) },
      { config: { pricing } },
    )
    for (const agent of ['a', 'b', 'c']) await run(runtime, agent)
    const { rows } = await clientOf(runtime).usageReport({ groupBy: ['tenant'] })
    expect(rows.map(({ cost, currency, unpriced_calls }) => [cost, currency, unpriced_calls])).toEqual([
      [6, 'EUR', 0],
      [3, 'USD', 0],
      [0, undefined, 1],
    ])
  })

  it('is what is said where it is told of a call, and summaries, recaps and sub-agents count as well', async () => {
    const full = { input_tokens: 80, output_tokens: 10, max_context_tokens: 100 }
    const model: ScriptedModel = ({ tools }) =>
      tools.length === 0
        ? { text: 'S', usage: { input_tokens: 1000, output_tokens: 1 } }
        : { text: 'said', usage: full }
    const runtime = await started({ model }, { agents: { model: { compaction: { enabled: true, keep_last_n: 0 } } } })
    const talk = converse(clientOf(runtime), 'model', 'hi')
    await talk.until('awaiting_input')
    await talk.session.send('more')
    await talk.until('context_compaction')
    await talk.until('awaiting_input')
    const { runId, sessionId } = talk.session
    const told = talk.events.flatMap(({ usage, type }) => (type === 'usage' && usage ? [usage] : []))
    expect(told).toMatchObject([{ credential_source: 'operator' }, {}])
    const client = clientOf(runtime)
    expect(await client.usageReport({ runId })).toMatchObject({ rows: [{ input_tokens: 1160, call_count: 3 }] })
    await client.history({ op: 'recap', session_id: sessionId! })
    expect(await client.usageReport()).toMatchObject({ rows: [{ input_tokens: 2160, call_count: 4 }] })
  })

  it('is also what a service says that it took before it failed', async () => {
    const upstream = await startFakeUpstream()
    onTestFinished(() => upstream.close())
    const clock = createTestClock(Date.UTC(2026, 10, 30))
    const anthropic = createAnthropic({ apiKey: 'k', baseUrl: upstream.url }, { clock })
    const agents = { asked: { provider: 'anthropic', model: 'claude' } }
    const runtime = await startRuntime({ providers: [anthropic], agents, clock })
    const whole = anthropicTurn({ text: 'Hello there.', usage: { input: 70, output: 7, cached: 3 } })
    upstream.enqueue(sseReply(whole.body.split('event: message_delta')[0]!), whole)
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'asked', segments: say('hi') }))
    await reader.until('retry')
    await clock.fire(100)
    await reader.toEnd()
    expect(await clientOf(runtime).usageReport()).toMatchObject({
      rows: [{ input_tokens: 140, output_tokens: 8, cache_read_tokens: 6, call_count: 2 }],
    })
    expect(reader.events.at(-1)).toMatchObject({ type: 'done', usage: { input_tokens: 140, output_tokens: 8 } })
  })

  it('costs what its service says, where that is told to be money and there is no price', async () => {
    const upstream = await startFakeUpstream()
    onTestFinished(() => upstream.close())
    const { body } = openaiText('Hello.')
    const told = body.replace(/"usage":\{/, '"usage":{"cost":0.00014,')
    expect(told).not.toBe(body)
    upstream.enqueue(sseReply(told), sseReply(told), sseReply(told))
    const quirks = { omit: [], rename: {}, extra: {}, takesTools: true, costCurrency: 'USD' }
    const services = [
      createOpenAi({ id: 'router', baseUrl: upstream.url, quirks }),
      createOpenAi({ id: 'priced', baseUrl: upstream.url, quirks }),
      createOpenAi({ id: 'other', baseUrl: upstream.url }),
    ]
    const agents = Object.fromEntries(services.map(({ id }) => [id, { provider: id, model: 'm' }]))
    const pricing = { 'priced/*': price({ input: 0, output: 0 }) }
    const runtime = await startRuntime({ providers: services, agents, config: { pricing } })
    const told1 = (await run(runtime, 'router')).reader.events.find(({ type }) => type === 'usage')
    expect(told1).toMatchObject({ usage: { provider_reported_cost: 0.00014, provider_cost_currency: 'USD' } })
    expect(told1).toMatchObject({ usage: { cost: 0.00014, cost_currency: 'USD' } })
    await run(runtime, 'priced')
    await run(runtime, 'other')
    const { rows } = await clientOf(runtime).usageReport({ groupBy: ['provider'] })
    const costs = Object.fromEntries(
      rows.map(({ provider, cost, unpriced_calls }) => [provider, [cost, unpriced_calls]]),
    )
    expect(costs).toEqual({ router: [0.00014, 0], priced: [0, 0], other: [0, 1] })
  })

  it('is whole tokens, whatever a service counts', async () => {
    const runtime = await started({ model: taking(1.5, -7, { cache_read_input_tokens: 1e300 }) })
    await run(runtime, 'model')
    expect(await clientOf(runtime).usageReport()).toMatchObject({
      rows: [{ input_tokens: 1, output_tokens: 0, cache_read_tokens: 1e12 }],
    })
  })

  it('stays when its conversation is gone, but for what is told of runs', async () => {
    const runtime = await started({ model: taking(10, 1) })
    const { sessionId } = await run(runtime, 'model')
    await runtime.ctx.db.write([{ sql: 'delete from sessions where id = ?', parameters: [sessionId] }])
    const client = clientOf(runtime)
    expect((await client.usageReport({ groupBy: ['run'] })).rows).toEqual([])
    expect((await client.usageReport()).rows).toMatchObject([{ call_count: 1 }])
  })

  it('is nothing for code', async () => {
    const runtime = await started(
      {},
      {
        env: { LOOMCYCLE_CODE_AGENTS_ENABLED: '1' },
        agents: { code: { provider: 'code-js', model: 'code-js', code: 'function run() { return "hi" }' } },
      },
    )
    const { reader } = await run(runtime, 'code')
    expect(reader.text()).toBe('hi')
    expect((await clientOf(runtime).usageReport()).rows).toEqual([])
  })

  it('is asked for in words that there are', async () => {
    const runtime = await started({})
    const client = clientOf(runtime)
    const refused = (query: object) => expect(client.usageReport(query)).rejects.toMatchObject({ status: 400 })
    await refused({ groupBy: ['colour'] })
    await refused({ from: 'yesterday' })
    await refused({ from: '2026-02-30' })
    await refused({ from: '2026-02-30T12:00:00Z' })
    await refused({ to: '0000-01-01T00:00:00Z' })
    await refused({ from: '9999-12-31T23:00:00-01:00' })
    await refused({ from: '2026-12-02', to: '2026-12-01' })
  })

  it('is for a tenant what its own users took, whatever it asks for', async () => {
    let who: Partial<Principal> = { open: true, scopes: ['substrate:admin'] }
    const runtime = await started({ model: taking(10, 1) }, { authenticate: async () => aPrincipal(who) })
    const ours = await run(runtime, 'model', { tenantId: 'acme', userId: 'ada' })
    const theirs = await run(runtime, 'model', { tenantId: 'rival', userId: 'eve' })
    const client = clientOf(runtime)
    await client.setLimit({ scope: 'operator', soft_limit: 5 })
    await client.setLimit({ scope: 'tenant', tenant_id: 'rival', soft_limit: 5 })
    await client.setLimit({ scope: 'tenant', tenant_id: 'acme', soft_limit: 100 })
    who = { tenantId: 'acme', subject: 'boss', scopes: ['substrate:tenant'] }
    const seen = (query: object) => client.usageReport(query).then(({ rows }) => rows)
    expect(await seen({ groupBy: ['tenant', 'run'] })).toMatchObject([{ tenant_id: 'acme', run_id: ours.runId }])
    expect(await seen({ groupBy: ['tenant'], tenant: 'rival' })).toMatchObject([{ tenant_id: 'acme' }])
    expect(await seen({ runId: theirs.runId })).toEqual([])
    expect(await seen({ sessionId: theirs.sessionId })).toEqual([])
    expect(await seen({ userId: 'eve' })).toEqual([])
    expect((await client.listLimits({ tenant: 'rival' })).limits).toMatchObject([
      { tenant_id: 'acme', scope: 'tenant', soft_limit: 100, used: 11 },
    ])
    const forbidden = { status: 403, code: 'forbidden' }
    await expect(client.setLimit({ scope: 'operator', hard_limit: 1 })).rejects.toMatchObject(forbidden)
    await expect(client.deleteLimit('tenant')).rejects.toMatchObject(forbidden)
    const own = await client.setLimit({ scope: 'user', scope_id: 'eve', tenant_id: 'rival', hard_limit: 1 })
    expect(own).toMatchObject({ tenant_id: 'acme', scope_id: 'eve', used: 0, updated_by: 'boss' })
  })
})
