import { describe, expect, it } from 'vitest'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { aBoard } from '../src/testing/a-board.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'
import { aCalendar } from './a-calendar.ts'

/** Takes 100 tokens a turn, and has so many of them. */
const turns =
  (count: number): ScriptedModel =>
  ({ messages }) => ({
    usage: { input_tokens: 90, output_tokens: 10, cache_read_input_tokens: 5000 },
    ...(messages.filter(({ role }) => role === 'assistant').length % count < count - 1
      ? { tool_calls: [{ name: 'Context', input: { op: 'time' } }] }
      : { text: 'Done.' }),
  })

const models = { short: turns(1), long: turns(4) }

async function limited(
  limit: { soft_limit?: number; hard_limit?: number },
  options: Partial<TestRuntimeOptions> = {},
  whose: object = { scope: 'user', scope_id: 'default' },
) {
  const clock = aCalendar('2026-11-30T12:00:00Z')
  const runtime = await startRuntime({ models, clock, ...options })
  await clientOf(runtime).setLimit({ ...whose, ...limit } as never)
  return { runtime, clock, client: clientOf(runtime) }
}

async function run(runtime: TestRuntime, agent: string, more: object = {}) {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say('hi'), ...more }))
  await reader.toEnd()
  return reader
}

const limitsIn = ({ events }: Reader) => events.flatMap(({ limit }) => limit ?? [])
const exceeded = { status: 429, code: 'token_limit_exceeded' }

describe('a soft limit', () => {
  it('is said before a run begins that begins beyond it, once, and lets it go on', async () => {
    const { runtime } = await limited({ soft_limit: 100, hard_limit: 10_000 })
    expect(limitsIn(await run(runtime, 'short'))).toEqual([])
    const told = await run(runtime, 'long')
    expect(limitsIn(told)).toEqual([
      {
        ...{ scope: 'user', scope_id: 'default', severity: 'soft', window: 'month', used: 100, limit: 100 },
        message:
          'The user default has used 100 tokens this month, and the soft limit is 100; the next month begins on 2026-12-01 at 00:00 UTC.',
        resets_at: '2026-12-01T00:00:00.000Z',
      },
    ])
    const types = told.types()
    expect(types.indexOf('limit')).toBe(types.indexOf('started') - 1)
    expect(told.events.at(-1)).toMatchObject({ type: 'done', stop_reason: 'end_turn' })
    expect(limitsIn(await run(runtime, 'short'))).toMatchObject([{ used: 500 }])
  })

  it('is said in a run that crosses it, and again when it crosses another one', async () => {
    const { runtime, client, clock } = await limited({ soft_limit: 150 })
    const talk = converse(client, 'long', 'hi')
    await talk.until('awaiting_input')
    const types = talk.types().filter((type) => type === 'usage' || type === 'limit')
    expect(types).toEqual(['usage', 'usage', 'limit', 'usage', 'usage'])
    const say = async (text: string) => {
      await talk.session.send(text)
      await talk.until('steer', ({ user_input }) => user_input?.text === text)
      await talk.until('awaiting_input')
    }
    await say('go on')
    expect(limitsIn(talk)).toMatchObject([{ used: 200 }])
    await client.setLimit({ scope: 'user', scope_id: 'default', soft_limit: 300 })
    await say('more')
    expect(limitsIn(talk)).toMatchObject([{ used: 200 }, { used: 800, limit: 300 }])
    clock.set('2026-12-02T00:00:00Z')
    await say('in december')
    expect(limitsIn(talk).slice(2)).toMatchObject([{ used: 300, resets_at: '2027-01-01T00:00:00.000Z' }])
    await runtime.stop()
  })
})

describe('a hard limit', () => {
  it('refuses new runs, messages and inputs until the next month, and keeps nothing of them', async () => {
    const { runtime, client, clock } = await limited({ hard_limit: 200 })
    const talk = converse(client, 'short', 'hi')
    await talk.until('awaiting_input')
    await run(runtime, 'short')
    const rows = () => runtime.ctx.db.all('select id from runs union all select id from run_inputs', [])
    const before = await rows()
    const { runId, sessionId } = talk.session
    await expect(run(runtime, 'short')).rejects.toMatchObject({
      ...exceeded,
      name: 'BackpressureError',
      fields: {
        ...{ scope: 'user', scope_id: 'default', used: 200, limit: 200, window: 'month' },
        resets_at: '2026-12-01T00:00:00.000Z',
      },
      message: expect.stringContaining('until the next month begins, on 2026-12-01 at 00:00 UTC'),
    })
    const message = client.continueSession({ sessionId: sessionId!, segments: say('on') })
    await expect(new Reader(message).toEnd()).rejects.toMatchObject(exceeded)
    const heard = client.continueSession({ sessionId: sessionId!, segments: say('on'), interactive: true })
    await expect(new Reader(heard).toEnd()).rejects.toMatchObject(exceeded)
    await expect(client.sendRunInput(runId!, 'on')).rejects.toMatchObject(exceeded)
    await expect(client.compactRun(runId!)).rejects.toMatchObject(exceeded)
    await expect(client.history({ op: 'recap', session_id: sessionId! })).rejects.toMatchObject({
      message: expect.stringContaining('used 200 tokens'),
    })
    expect(await rows()).toEqual(before)
    clock.set('2026-12-01T00:00:00Z')
    await client.sendRunInput(runId!, 'on')
    await talk.until('awaiting_input')
    expect(talk.events.at(-1)).toMatchObject({ awaiting_input: { stop_reason: 'end_turn' } })
    expect((await client.listLimits()).limits).toMatchObject([{ used: 100, resets_at: '2027-01-01T00:00:00.000Z' }])
  })

  it('ends a run that reaches it before its next model call, in words', async () => {
    const { runtime, client } = await limited({ hard_limit: 200 })
    const reader = await run(runtime, 'long')
    expect(reader.types().filter((type) => type === 'usage')).toHaveLength(2)
    expect(reader.events.slice(-2)).toMatchObject([
      { type: 'limit', limit: { severity: 'hard', used: 200 } },
      { type: 'error', code: 'token_limit_exceeded', error: expect.stringContaining('no model is called until') },
    ])
    const [ended] = await client.listUserAgents('default', { status: 'all' })
    expect(ended).toMatchObject({ status: 'failed', stop_reason: 'token_limit_exceeded' })
  })

  it('has a run that somebody talks to wait, and it goes on where the limit is raised', async () => {
    const { client } = await limited({ hard_limit: 200 })
    const talk = converse(client, 'long', 'hi')
    expect(await talk.until('awaiting_input')).toMatchObject({
      awaiting_input: { stop_reason: 'token_limit_exceeded' },
    })
    await client.setLimit({ scope: 'user', scope_id: 'default', hard_limit: 10_000 })
    await talk.session.send('go on')
    expect(await talk.until('awaiting_input')).toMatchObject({ awaiting_input: { stop_reason: 'end_turn' } })
  })

  it('is kept by the next process, which knows what was used', async () => {
    const { runtime, clock } = await limited({ soft_limit: 150, hard_limit: 300 })
    await run(runtime, 'short')
    await run(runtime, 'short')
    const next = await runtime.restart({ clock })
    expect(limitsIn(await run(next, 'short'))).toMatchObject([{ severity: 'soft', used: 200 }])
    await expect(run(next, 'short')).rejects.toMatchObject(exceeded)
    await clientOf(next).deleteLimit('user', { scopeId: 'default' })
    expect((await run(next, 'short')).events.at(-1)).toMatchObject({ type: 'done' })
    expect((await clientOf(next).listLimits()).limits).toEqual([])
  })

  it('counts to the token what many runs take at once', async () => {
    const { runtime, client } = await limited({ soft_limit: 1 })
    await Promise.all(Array.from({ length: 12 }, () => run(runtime, 'long')))
    expect((await client.listLimits()).limits).toMatchObject([{ used: 4800 }])
    const spender = { tenantId: 'default', userId: 'default' }
    expect(await runtime.ctx.tokenLimits.reached(spender, 'scripted')).toMatchObject([{ used: 4800 }])
  })

  it('of nothing at all lets nothing through, and one of another user lets everything', async () => {
    const { runtime } = await limited({ hard_limit: 0 })
    await expect(run(runtime, 'short')).rejects.toMatchObject(exceeded)
    expect((await run(runtime, 'short', { userId: 'ada' })).text()).toBe('Done.')
    expect((await run(runtime, 'short', { tenantId: 'acme', userId: 'default' })).text()).toBe('Done.')
  })

  it('of a tenant is for all of its users, and one of the runtime for everybody, who hear nothing of what others used', async () => {
    const { runtime, client } = await limited({ hard_limit: 150 }, {}, { scope: 'tenant', tenant_id: 'acme' })
    const acme = { tenantId: 'acme' }
    await run(runtime, 'short', { ...acme, userId: 'ada' })
    await run(runtime, 'short', { ...acme, userId: 'bob' })
    await expect(run(runtime, 'short', { ...acme, userId: 'cleo' })).rejects.toMatchObject({
      fields: { scope: 'tenant', scope_id: 'acme', used: 200 },
    })
    await run(runtime, 'short')
    expect(await client.setLimit({ scope: 'operator', hard_limit: 250 })).toMatchObject({ tenant_id: '', used: 300 })
    await expect(run(runtime, 'short')).rejects.toMatchObject({ fields: { scope: 'operator', used: 250 } })
    expect((await client.listLimits()).limits).toMatchObject([
      { tenant_id: '', scope: 'operator', used: 300 },
      { tenant_id: 'acme', scope: 'tenant', used: 200 },
    ])
  })

  it('is told of each run of a batch, and of those that it refuses', async () => {
    const { client } = await limited({ soft_limit: 0, hard_limit: 200 })
    const spawn = { agent: 'long', segments: say('hi') }
    const first = await client.spawnRunBatch({ spawns: [spawn] })
    expect(first.results).toMatchObject([
      {
        ...{ status: 'failed', stop_reason: 'token_limit_exceeded' },
        limits: [{ severity: 'soft' }, { severity: 'hard', used: 200 }],
      },
    ])
    const { results, spawned } = await client.spawnRunBatch({ spawns: [spawn] })
    expect(spawned).toBe(0)
    expect(results).toMatchObject([{ status: 'failed', run_id: '', limits: [{ severity: 'hard', used: 200 }] }])
  })

  it('keeps cards from having runs, and they say so', async () => {
    const { runtime } = await limited({ hard_limit: 1 })
    const board = await aBoard(runtime)
    await clientOf(runtime).setLimit({ scope: 'user', scope_id: 'default' })
    await run(runtime, 'short')
    await clientOf(runtime).setLimit({ scope: 'user', scope_id: 'default', hard_limit: 1 })
    await board.comment(await board.card('A'), 'Go.', 'short')
    expect((await board.answers(1))[0]!.body).toContain('used 100 tokens this month, and there are 1')
    expect(await runtime.ctx.db.all('select id from runs', [])).toHaveLength(1)
  })

  it('says nothing to code, but to the agents that it starts', async () => {
    const code = `function run() { return Agent.spawn({ name: 'short', prompt: 'x' }) }`
    const { runtime } = await limited(
      { hard_limit: 0 },
      {
        env: { LOOMCYCLE_CODE_AGENTS_ENABLED: '1' },
        agents: { code: { provider: 'code-js', code, tools: ['Agent'] } },
      },
    )
    const reader = await run(runtime, 'code')
    expect(reader.events.find(({ type }) => type === 'tool_result')).toMatchObject({
      is_error: true,
      text: expect.stringContaining('there are 0'),
    })
  })

  it('leaves a conversation as it is that would be summed up', async () => {
    const model: ScriptedModel = ({ tools }) => ({
      text: tools.length === 0 ? 'S' : 'said',
      usage: { input_tokens: 80, output_tokens: 10, max_context_tokens: 100 },
    })
    const { client } = await limited({ hard_limit: 170 }, { models: { model } })
    const talk = converse(client, 'model', 'hi')
    await talk.until('awaiting_input')
    await talk.session.send('more')
    await talk.until('steer')
    await talk.until('awaiting_input')
    await expect(client.compactRun(talk.session.runId!)).rejects.toMatchObject(exceeded)
    expect(talk.types()).not.toContain('context_compaction')
  })
})

describe('setting limits', () => {
  it('answers with what is used already, and takes a limit away that is none', async () => {
    const { runtime, client } = await limited({ hard_limit: 1000 })
    await run(runtime, 'short')
    await run(runtime, 'short', { userId: 'ada' })
    await run(runtime, 'short', { tenantId: 'acme', userId: 'default' })
    expect(await client.setLimit({ scope: 'user', scope_id: 'default', soft_limit: 900 })).toMatchObject({ used: 100 })
    expect(await client.setLimit({ scope: 'tenant', hard_limit: 900 })).toMatchObject({ used: 200 })
    expect(await client.setLimit({ scope: 'operator', hard_limit: 0 })).toMatchObject({ used: 300 })
    await expect(run(runtime, 'short')).rejects.toMatchObject(exceeded)
    const none = await client.setLimit({ scope: 'operator' })
    expect(none).toMatchObject({ scope: 'operator', used: 300 })
    expect(none).not.toHaveProperty('hard_limit')
    await client.setLimit({ scope: 'tenant' })
    await client.setLimit({ scope: 'user', scope_id: 'default' })
    expect((await client.listLimits()).limits).toEqual([])
    expect((await run(runtime, 'short')).text()).toBe('Done.')
  })

  it('takes what makes sense, says why not otherwise, and can be done again', async () => {
    const { client } = await limited({ soft_limit: 5, hard_limit: 10 })
    const refused = (limit: object, code: string) =>
      expect(client.setLimit(limit as never)).rejects.toMatchObject({ status: 400, code })
    await refused({ scope: 'user' }, 'missing_scope_id')
    await refused({ scope: 'user', scope_id: 'a b' }, 'invalid_request')
    await refused({ scope: 'everybody', hard_limit: 1 }, 'invalid_request')
    await refused({ scope: 'operator', hard_limit: -1 }, 'invalid_request')
    await refused({ scope: 'operator', soft_limit: 2, hard_limit: 1 }, 'invalid_request')
    const set = await client.setLimit({ scope: 'user', scope_id: 'default', soft_limit: 7 })
    expect(set).toMatchObject({ tenant_id: 'default', soft_limit: 7, used: 0, updated_by: 'default' })
    expect(set).not.toHaveProperty('hard_limit')
    expect((await client.listLimits()).limits).toEqual([set])
    await client.deleteLimit('tenant')
    await client.deleteLimit('user', { scopeId: 'default' })
    await client.deleteLimit('user', { scopeId: 'default' })
    expect((await client.listLimits()).limits).toEqual([])
  })
})
