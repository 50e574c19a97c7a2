import { ERROR_CODE_HEADER } from '@loomcycle/proto'
import { describe, expect, it } from 'vitest'
import { aChannel } from '../src/areas/channels/testing/some-channels.ts'
import type { Principal } from '../src/ground/identity/principal.ts'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { aCaller } from '../src/tools/testing/a-caller.ts'

const ada = aCaller({ scopes: ['channel:publish', 'channel:read'] })
const admin = aCaller({ scopes: ['substrate:tenant'] })

// biome-ignore lint/suspicious/noExplicitAny: answers are of many shapes
type Answer = any

/** As a door does that is no run's and no route's. */
const opsOf = (runtime: TestRuntime, tool: string) => (caller: typeof ada, input: object) =>
  runtime.ctx.ops.get(tool)!.dispatch(caller, input) as Promise<Answer>

const inner = aChannel('inner', { scope: 'agent' })

function post({ url }: TestRuntime, path: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

describe('channels, without a run', () => {
  async function someChannels(authenticate?: () => Promise<Principal>) {
    const runtime = await startRuntime({
      config: { channels: { mine: aChannel('mine', { scope: 'user' }), news: aChannel('news'), inner } },
      env: { LOOMCYCLE_CHANNELS_LONGPOLL_CAP_MS: '20' },
      ...(authenticate ? { authenticate } : {}),
    })
    return { runtime, client: clientOf(runtime), ask: opsOf(runtime, 'Channel') }
  }

  it('are a user’s own, or shared by those who look after the tenant', async () => {
    const { ask } = await someChannels()
    const shown = async (caller: typeof ada) =>
      (await ask(caller, { op: 'list_channels' })).channels
        .filter(({ name }: { name: string }) => !name.includes('/'))
        .map(({ name, publish }: { name: string; publish: boolean }) => [name, publish])
    expect(await shown(ada)).toEqual([['mine', true]])
    expect(await shown(admin)).toEqual([
      ['mine', true],
      ['news', true],
    ])
    expect(await ask(ada, { op: 'publish', channel: 'mine', value: 1 })).toMatchObject({ dropped_oldest: 0 })
    const taking = { op: 'subscribe', channel: 'mine' }
    expect(await ask(aCaller({ ...ada.principal, subject: 'bob' }), taking)).toMatchObject({ messages: [] })
    expect(await ask(ada, taking)).toMatchObject({ messages: [{ value: 1 }] })
    expect(await ask(ada, { ...taking, wait_ms: 60_000 })).toMatchObject({ messages: [] })
    for (const op of ['publish', 'peek'])
      await expect(ask(ada, { op, channel: 'news', value: 1 })).rejects.toMatchObject({ code: 'insufficient_scope' })
  })

  it('of another user are as good as missing, at every route', async () => {
    const { runtime } = await someChannels(async () => ada.principal)
    const routes = [
      ['publish', { payload: 1 }],
      ['subscribe', {}],
    ] as const
    const codes = async (user: string) => {
      const answers = routes.map(([verb, body]) => post(runtime, `/v1/users/${user}/channels/mine/${verb}`, body))
      return (await Promise.all(answers)).map(({ headers }) => headers.get(ERROR_CODE_HEADER))
    }
    expect(await codes('ada')).toEqual([null, null])
    expect(await codes('bob')).toEqual(['unknown_channel', 'unknown_channel'])
  })

  it('are the same messages that routes and agents have', async () => {
    const { ask, client } = await someChannels()
    await ask(admin, { op: 'broadcast', channels: ['news', 'mine'], value: 'hello' })
    expect(await client.peekChannel('news', { scope: 'global' })).toMatchObject({ messages: [{ value: 'hello' }] })
    expect(await client.peekChannel('mine', { scope: 'user', userId: 'ada' })).toMatchObject({
      messages: [{ value: 'hello' }],
    })
  })

  it.each([
    ['nowhere', 'channel_not_declared'],
    ['inner', 'scope_agent_invalid'],
    ['_system/interrupts/pending', 'system_channel'],
  ])('refuse %s with the code that routes have: %s', async (channel, code) => {
    const { ask } = await someChannels()
    await expect(ask(admin, { op: 'publish', channel, value: 1 })).rejects.toMatchObject({ code })
  })
})

describe('memory, without a run', () => {
  it('is the caller’s own, or the one it looks at, and the one that agents and routes have', async () => {
    const runtime = await startRuntime({
      models: {
        keeper: ({ messages }) =>
          messages.length === 1
            ? { tool_calls: [{ name: 'Memory', input: { op: 'set', scope: 'user', key: 'tea', value: 'green' } }] }
            : { text: 'kept' },
      },
    })
    await converse(clientOf(runtime), 'keeper', 'go').until('awaiting_input')
    const ask = opsOf(runtime, 'Memory')
    const tea = { op: 'get', scope: 'user', key: 'tea' }
    expect(await ask(admin, tea)).toEqual({ value: null })
    expect(await ask({ ...admin, focus: { scopeId: 'default' } }, tea)).toEqual({ value: 'green' })
    await ask({ ...admin, focus: { scopeId: 'default' } }, { ...tea, op: 'set', value: 'black' })
    expect(await clientOf(runtime).getMemoryEntry('user', 'default', 'tea')).toMatchObject({
      entry: { value: 'black' },
    })
    await expect(ask({ ...admin, focus: { tenantId: 'other' } }, tea)).rejects.toMatchObject({
      code: 'insufficient_scope',
    })
  })

  it('is as large as it may be, and says so with a code', async () => {
    const runtime = await startRuntime()
    const set = { op: 'set', scope: 'user', key: 'k', value: 'x'.repeat(100_000) }
    await expect(opsOf(runtime, 'Memory')(admin, set)).rejects.toMatchObject({ code: 'memory_value_too_large' })
  })

  it('is asked in SQL as well, but for what lasts as long as a run', async () => {
    const runtime = await startRuntime({ env: { LOOMCYCLE_SQLMEM_ENABLED: '1' } })
    const ask = opsOf(runtime, 'Memory')
    await ask(admin, { op: 'sql_exec', scope: 'user', statement: 'create table t (n integer)' })
    await ask(admin, { op: 'sql_exec', scope: 'user', statement: 'insert into t values (7)' })
    expect(await ask(admin, { op: 'sql_query', scope: 'user', statement: 'select n from t' })).toMatchObject({
      rows: [[7]],
    })
    await expect(ask(admin, { op: 'sql_query', scope: 'run', statement: 'select 1' })).rejects.toThrow(
      'while their run',
    )
    await expect(ask(admin, { op: 'sql_begin', scope: 'user' })).rejects.toThrow('only an agent can')
  })
})

describe('without a run', () => {
  it('somebody judges a run from outside, and reads what was said of it', async () => {
    const runtime = await startRuntime({ models: { echo: () => ({ text: 'hi' }) } })
    const talk = converse(clientOf(runtime), 'echo', 'go')
    await talk.until('awaiting_input')
    const run_id = talk.session.runId
    const ask = opsOf(runtime, 'Evaluation')
    const { eval_id, emitter_role } = await ask(admin, { op: 'submit', run_id, score: 0.5 })
    expect(emitter_role).toBe('external')
    const read = await ask(aCaller({ scopes: ['runs:read'] }), { op: 'get', eval_id })
    expect(read).toMatchObject({ run_id, score: 0.5 })
    expect(read).not.toHaveProperty('emitter_run_id')
  })

  it('Context tells what it knows of the runtime', async () => {
    const runtime = await startRuntime({ models: { echo: () => ({ text: 'hi' }) } })
    const ask = opsOf(runtime, 'Context')
    expect((await ask(ada, { op: 'help' })).count).toBeGreaterThan(3)
    expect(await ask(aCaller({ scopes: ['runs:read'] }), { op: 'agents', prefix: 'ec' })).toMatchObject({ count: 1 })
    await expect(ask(admin, { op: 'history' })).rejects.toThrow('agent_id is missing')
  })
})
