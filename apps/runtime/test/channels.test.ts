import { describe, expect, it } from 'vitest'
import type { ModelRequest } from '../src/models/providers/provider.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime, type TestRuntimeOptions } from '../src/testing/test-runtime.ts'

const everyChannel = { publish: ['work', 'work/*'], subscribe: ['work', 'work/*'] }
const declared: NonNullable<TestRuntimeOptions['config']>['channels'] = {
  work: { name: 'work', scope: 'global', semantic: 'queue', source: 'yaml' },
  'work/*': { name: 'work/*', scope: 'user', semantic: 'queue', source: 'yaml', maxMessages: 100 },
}

/** Makes these calls, one a turn, and then says what the last one answered. */
function calling(...inputs: unknown[]): ScriptedModel {
  return ({ messages }: ModelRequest) => {
    const results = messages.flatMap(({ content }) =>
      content.flatMap((block) => (block.type === 'tool_result' ? [block.text] : [])),
    )
    const input = inputs[results.length]
    return input === undefined ? { text: results.at(-1)! } : { tool_calls: [{ name: 'Channel', input }] }
  }
}

function channelRuntime(models: Record<string, ScriptedModel>, options: TestRuntimeOptions = {}) {
  const agents = Object.fromEntries(Object.keys(models).map((name) => [name, { channels: everyChannel }]))
  return startRuntime({ models, agents, ...options, config: { channels: declared, ...options.config } })
}

async function ask(runtime: TestRuntime, method: string, path: string, body?: unknown) {
  const response = await fetch(runtime.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  // biome-ignore lint/suspicious/noExplicitAny: answers are JSON
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as any }
}

const publish = (runtime: TestRuntime, channel: string, payload: unknown, more = {}) =>
  ask(runtime, 'POST', `/v1/_channels/${encodeURIComponent(channel)}/publish`, { payload, ...more })

const isWaiting = (runtime: TestRuntime, agentId: string) =>
  expect
    .poll(async () => (await ask(runtime, 'GET', `/v1/agents/${agentId}`)).body)
    .toMatchObject({ phase: 'waiting', awaited_state: 'channel', awaited_on: 'work' })

describe('an agent that waits', () => {
  const waiting = calling({ op: 'subscribe', channel: 'work', wait_ms: 60_000 })

  it('leaves memory, and goes on with the message', async () => {
    const runtime = await channelRuntime({ waiting })
    const talk = converse(clientOf(runtime), 'waiting', 'go')
    await talk.until('tool_call')
    await isWaiting(runtime, talk.session.agentId)
    expect(runtime.ctx.engine.workingCount).toBe(0)
    expect(runtime.ctx.slots.stats().active).toBe(0)
    const { body } = await publish(runtime, 'work', { n: 1 })
    await talk.until('awaiting_input')
    expect(JSON.parse(talk.text()).messages).toMatchObject([{ id: body.msg_id, value: { n: 1 } }])
    expect([...new Set(talk.types())]).toEqual([
      ...['session', 'agent', 'steer', 'started', 'tool_call', 'usage'],
      ...['channel_delivery', 'tool_result', 'text', 'awaiting_input'],
    ])
    const cursors = await ask(runtime, 'GET', '/v1/agents/waiting/channels')
    expect(cursors.body.channels).toMatchObject([{ channel: 'work', scope: 'global', scope_id: '' }])
    expect(await runtime.ctx.db.all('select * from channel_waiters', [])).toEqual([])
  })

  it('goes on without one when its time is over', async () => {
    const clock = createTestClock()
    const late = calling({ op: 'subscribe', channel: 'work', wait_ms: 1100 })
    const runtime = await channelRuntime({ late }, { clock })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'late', segments: say('go') }))
    const ended = reader.toEnd()
    await clock.fire(1100)
    await ended
    expect(JSON.parse(reader.text())).toMatchObject({ channel: 'work', messages: [], next_cursor: 'cur_0' })
  })

  it('is woken by a deferred message when its time has come', async () => {
    const clock = createTestClock(1_000)
    const runtime = await channelRuntime({ waiting }, { clock })
    const talk = converse(clientOf(runtime), 'waiting', 'go')
    await talk.until('tool_call')
    await isWaiting(runtime, talk.session.agentId)
    await publish(runtime, 'work', 'later', { deliver_at: new Date(clock.now() + 300).toISOString() })
    await isWaiting(runtime, talk.session.agentId)
    await clock.fire(300)
    await talk.until('awaiting_input')
    expect(talk.text()).toContain('later')
  })

  it('for all of several channels goes on with the last of them, and takes nothing', async () => {
    const both = calling({ op: 'await', channels: ['work', 'work/a'], mode: 'all', wait_ms: 60_000 })
    const runtime = await channelRuntime({ both })
    const talk = converse(clientOf(runtime), 'both', 'go')
    await talk.until('tool_call')
    await expect.poll(() => runtime.ctx.engine.workingCount).toBe(0)
    await publish(runtime, 'work', 1)
    await ask(runtime, 'POST', '/v1/users/default/channels/work%2Fa/publish', { payload: 2 })
    await talk.until('awaiting_input')
    expect(JSON.parse(talk.text())).toMatchObject({ satisfied: true, fired: ['work', 'work/a'], total_messages: 2 })
    const { body } = await ask(runtime, 'POST', '/v1/_channels/work/subscribe', {})
    expect(body.messages).toMatchObject([{ value: 1 }])
  })

  it('gets each message to one of those who wait, first come, first served', async () => {
    const runtime = await channelRuntime({ waiting })
    const talks = []
    for (let i = 0; i < 3; i++) {
      const talk = converse(clientOf(runtime), 'waiting', 'go')
      await talk.until('tool_call')
      await isWaiting(runtime, talk.session.agentId)
      talks.push(talk)
    }
    for (const n of [1, 2, 3]) {
      await publish(runtime, 'work', n)
      await talks[n - 1]!.until('awaiting_input')
    }
    const got = talks.map((talk) => JSON.parse(talk.text()).messages.map((one: { value: number }) => one.value))
    expect(got).toEqual([[1], [2], [3]])
  })

  it('that is cancelled takes no message along', async () => {
    const runtime = await channelRuntime({ waiting })
    const client = clientOf(runtime)
    const talk = converse(client, 'waiting', 'go')
    await talk.until('tool_call')
    await isWaiting(runtime, talk.session.agentId)
    await client.cancelAgent(talk.session.agentId)
    await publish(runtime, 'work', 'left')
    const { body } = await ask(runtime, 'POST', '/v1/_channels/work/subscribe', {})
    expect(body.messages).toMatchObject([{ value: 'left' }])
    await expect.poll(() => runtime.ctx.db.all('select * from channel_waiters', [])).toEqual([])
  })

  it('still waits after the process was killed, and hears what comes then', async () => {
    const runtime = await channelRuntime({ waiting })
    const talk = converse(clientOf(runtime), 'waiting', 'go')
    await talk.until('tool_call')
    await isWaiting(runtime, talk.session.agentId)
    await runtime.crash()
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    expect(next.ctx.engine.workingCount).toBe(0)
    await publish(next, 'work', 'after')
    await again.until('awaiting_input')
    expect(again.text()).toContain('after')
  })

  it('hears what was published in the moment the process was killed', async () => {
    const runtime = await channelRuntime({ waiting })
    const talk = converse(clientOf(runtime), 'waiting', 'go')
    await talk.until('tool_call')
    await isWaiting(runtime, talk.session.agentId)
    // Stored, and nobody is told.
    runtime.ctx.channels.ctx.wake = () => {}
    await publish(runtime, 'work', 'just in time')
    await runtime.crash()
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    expect(again.text()).toContain('just in time')
  })

  it('goes on without a message when its time passed while no process was there', async () => {
    const runtime = await channelRuntime({ late: calling({ op: 'subscribe', channel: 'work', wait_ms: 1500 }) })
    const talk = converse(clientOf(runtime), 'late', 'go')
    await talk.until('tool_call')
    await isWaiting(runtime, talk.session.agentId)
    await runtime.crash()
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    expect(JSON.parse(again.text()).messages).toEqual([])
  })

  it('misses nothing that is published between finding nothing and starting to wait', async () => {
    const runtime = await channelRuntime({ waiting })
    const { ctx } = runtime.ctx.channels
    const { db } = runtime.ctx
    let published: Promise<unknown> | undefined
    const { transaction } = ctx.db
    // Right after the transaction that found nothing and left the waiter, before the note that the call waits.
    ctx.db = {
      ...ctx.db,
      transaction: async (work) => {
        const result = await transaction(work)
        if (!published && (await db.all('select * from channel_waiters', [])).length > 0) {
          published = publish(runtime, 'work', 'in between')
          await published
        }
        return result
      },
    }
    const talk = converse(clientOf(runtime), 'waiting', 'go')
    await talk.until('awaiting_input')
    expect(talk.text()).toContain('in between')
  })

  it('loses and repeats nothing however publishing and beginning to wait interleave', async () => {
    const rounds = 25
    const forever: ScriptedModel = calling(
      ...Array.from({ length: rounds }, () => ({ op: 'subscribe', channel: 'work', wait_ms: 60_000, max_messages: 1 })),
    )
    const runtime = await channelRuntime(
      { forever },
      { agents: { forever: { channels: everyChannel, maxIterations: 99 } } },
    )
    const talk = converse(clientOf(runtime), 'forever', 'go')
    const done = talk.until('awaiting_input')
    for (let n = 0; n < rounds; n++) {
      for (let turn = 0; turn < (n * 7) % 13; turn++) await new Promise(setImmediate)
      await publish(runtime, 'work', n)
    }
    await done
    const got = talk.events.flatMap((event) =>
      event.type === 'tool_result'
        ? JSON.parse(event.text ?? '').messages.map((one: { value: number }) => one.value)
        : [],
    )
    expect(got).toEqual(Array.from({ length: rounds }, (_, n) => n))
  })
})

describe('a process that is killed', () => {
  it('right after a publish has published once, and the agent is told', async () => {
    const runtime = await channelRuntime({ speaking: calling({ op: 'publish', channel: 'work', value: 'once' }) })
    const talk = converse(clientOf(runtime), 'speaking', 'go')
    // What is announced is committed; the result of the call is not.
    const { ctx } = runtime.ctx.channels
    const crashed = new Promise<void>((resolve) => {
      ctx.wake = () => resolve(runtime.crash())
    })
    await talk.until('tool_call')
    await crashed
    const next = await runtime.restart()
    const again = new Reader(clientOf(next).attachInteractiveSession(talk.session.runId).events())
    await again.until('awaiting_input')
    const { body } = await ask(next, 'GET', '/v1/_channels/work/peek')
    expect(body.messages).toMatchObject([{ value: 'once' }])
    expect(JSON.parse(again.text())).toMatchObject({ message_id: body.messages[0].id })
    expect(again.types().filter((type) => type === 'channel_publish')).toHaveLength(1)
  })
})

describe('over the wire', () => {
  it('channels are declared, changed, listed, emptied and removed', async () => {
    const runtime = await channelRuntime({})
    const create = await ask(runtime, 'POST', '/v1/_channels', { name: 'news', description: 'New.', max_messages: 2 })
    const news = {
      name: 'news',
      scope: 'global',
      semantic: 'queue',
      source: 'runtime',
      max_messages: 2,
      message_count: 0,
    }
    expect(create).toEqual({ status: 201, body: { ...news, description: 'New.' } })
    expect(await ask(runtime, 'POST', '/v1/_channels', { name: 'news' })).toMatchObject({
      status: 409,
      body: { code: 'channel_name_in_use' },
    })
    expect(await ask(runtime, 'POST', '/v1/_channels', { name: 'work' })).toMatchObject({
      status: 409,
      body: { code: 'channel_yaml_immutable' },
    })
    for (const name of ['', '_await', '_system/x', 'a//b', '../a', 'a b', 'documents/x/chunks', 'x'.repeat(300)]) {
      expect(await ask(runtime, 'POST', '/v1/_channels', { name })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      })
    }
    const change = { description: '', max_messages: 0, default_ttl: 60, semantic: 'topic' }
    expect((await ask(runtime, 'PATCH', '/v1/_channels/news', change)).body).toEqual({
      name: 'news',
      scope: 'global',
      semantic: 'topic',
      source: 'runtime',
      default_ttl: 60,
      message_count: 0,
    })
    expect((await ask(runtime, 'PATCH', '/v1/_channels/work', {})).body.code).toBe('channel_yaml_immutable')
    expect((await ask(runtime, 'PATCH', '/v1/_channels/nope', {})).body.code).toBe('channel_not_found')
    await publish(runtime, 'news', 1)
    await ask(runtime, 'POST', '/v1/users/default/channels/work%2Fa/publish', { payload: 1 })
    const { channels } = (await ask(runtime, 'GET', '/v1/_channels')).body
    expect(
      channels.map(({ name, source, message_count }: Record<string, unknown>) => [name, source, message_count]),
    ).toEqual([
      ['_system/interrupts/pending', 'builtin', 0],
      ['_system/interrupts/resolved', 'builtin', 0],
      ['_system/provider-events', 'builtin', 0],
      ['_system/runtime-state', 'builtin', 0],
      ['news', 'runtime', 1],
      ['work', 'yaml', 0],
      ['work/*', 'yaml', 0],
      ['work/a', 'yaml', 1],
    ])
    expect((await ask(runtime, 'POST', '/v1/_channels/news/purge', {})).body).toEqual({ name: 'news', purged: 1 })
    expect((await ask(runtime, 'POST', '/v1/_channels/nope/purge', {})).body.code).toBe('channel_not_found')
    expect(await ask(runtime, 'DELETE', '/v1/_channels/news')).toEqual({ status: 204, body: '' })
    expect((await ask(runtime, 'DELETE', '/v1/_channels/news')).body.code).toBe('channel_not_found')
    expect((await ask(runtime, 'DELETE', '/v1/_channels/work')).body.code).toBe('channel_yaml_immutable')
  })

  it('messages are published, taken, looked at and acknowledged', async () => {
    const runtime = await channelRuntime({})
    const one = await publish(runtime, 'work', { n: 1 })
    expect(one).toMatchObject({ status: 200, body: { msg_id: expect.stringMatching(/^msg_/), channel: 'work' } })
    expect(one.body).not.toHaveProperty('visible_at')
    await publish(runtime, 'work', 2)
    const peek = await ask(runtime, 'GET', '/v1/_channels/work/peek?max_messages=1')
    expect(peek.body).toMatchObject({ channel: 'work', messages: [{ id: one.body.msg_id, value: { n: 1 } }] })
    const ack = { cursor: peek.body.next_cursor }
    expect(await ask(runtime, 'POST', '/v1/_channels/work/ack', ack)).toEqual({ status: 200, body: { ok: true } })
    expect((await ask(runtime, 'POST', '/v1/_channels/work/subscribe', {})).body.messages).toMatchObject([{ value: 2 }])
    expect(await ask(runtime, 'POST', '/v1/_channels/work/ack', ack)).toMatchObject({
      status: 409,
      body: { code: 'channel_cursor_regression', error: expect.stringContaining('channel_cursor_regression') },
    })
  })

  it('a request waits for a message, and for a while only', async () => {
    const clock = createTestClock()
    const runtime = await channelRuntime({}, { clock })
    const taking = ask(runtime, 'POST', '/v1/_channels/work/subscribe', { wait_ms: 20_000 })
    const awaiting = ask(runtime, 'POST', '/v1/_channels/_await', {
      channels: ['work'],
      from_cursor: 'cur_0',
      wait_ms: 15_000,
    })
    await Promise.all([clock.armed(20_000), clock.armed(15_000)])
    await publish(runtime, 'work', 'hi')
    expect((await taking).body.messages).toMatchObject([{ value: 'hi' }])
    expect((await awaiting).body.mode).toBe('any')
    const empty = ask(runtime, 'POST', '/v1/_channels/work/subscribe', { wait_ms: 30 })
    await clock.fire(30)
    expect(await empty).toMatchObject({ status: 200, body: { messages: [] } })
  })

  it('a request whose caller has gone takes nothing', async () => {
    const clock = createTestClock()
    const runtime = await channelRuntime({}, { clock })
    const abort = new AbortController()
    const gone = fetch(`${runtime.url}/v1/_channels/work/subscribe`, {
      method: 'POST',
      body: '{"wait_ms":20000}',
      signal: abort.signal,
    })
    await clock.armed(20_000)
    abort.abort()
    await expect(gone).rejects.toThrow()
    await clock.disarmed(20_000)
    await publish(runtime, 'work', 'kept')
    expect((await ask(runtime, 'POST', '/v1/_channels/work/subscribe', {})).body.messages).toHaveLength(1)
  })

  it('what is wrong is a 4xx with a code', async () => {
    const runtime = await channelRuntime({})
    const cases: [string, string, unknown, number, string][] = [
      ['POST', '/v1/_channels/work/publish', {}, 400, 'missing_payload'],
      ['POST', '/v1/_channels/work/publish', { payload: null }, 400, 'invalid_payload'],
      ['POST', '/v1/_channels/work/publish', { payload: 1, deliver_at: 'soon' }, 400, 'invalid_deliver_at'],
      ['POST', '/v1/_channels/work/publish', { payload: 'x'.repeat(70_000) }, 413, 'payload_too_large'],
      ['POST', '/v1/_channels/nope/publish', { payload: 1 }, 404, 'channel_not_declared'],
      ['POST', '/v1/_channels/nope/subscribe', {}, 404, 'channel_not_declared'],
      ['GET', '/v1/_channels/..%2Fwork/peek', undefined, 404, 'channel_not_declared'],
      ['POST', '/v1/_channels/work/subscribe', { wait_ms: -1 }, 400, 'invalid_request'],
      ['POST', '/v1/_channels/work/subscribe', { from_cursor: 'x' }, 400, 'invalid_request'],
      ['GET', '/v1/_channels/work/peek?from_cursor=%00', undefined, 400, 'invalid_request'],
      ['POST', '/v1/_channels/work/ack', {}, 400, 'invalid_request'],
      ['POST', '/v1/_channels/work/ack', { cursor: '' }, 400, 'invalid_request'],
      ['POST', '/v1/_channels/_await', { channels: [] }, 400, 'invalid_request'],
      ['POST', '/v1/_channels/_await', { channels: ['work'], scope: 'agent' }, 400, 'scope_agent_invalid'],
      ['POST', '/v1/_channels/_await', { channels: ['work'], scope: 'x' }, 400, 'channel_scope_invalid'],
      ['POST', '/v1/_channels/_await', { channels: ['work'], scope: 'user' }, 400, 'missing_scope_id'],
      ['POST', '/v1/_channels/_await', { channels: ['nope'] }, 404, 'channel_not_declared'],
      ['POST', '/v1/_channels/work/else', { payload: 1 }, 403, 'non_system_channel'],
      ['POST', '/v1/_channels/_system/nope', { payload: 1 }, 404, 'channel_not_declared'],
      ['POST', '/v1/users/ada/channels/nope/publish', { payload: 1 }, 404, 'unknown_channel'],
      ['POST', '/v1/users/ada/channels/_system%2Fruntime-state/publish', { payload: 1 }, 403, 'system_channel'],
      ['GET', '/v1/users/a%20b/channels/work/peek', undefined, 400, 'invalid_request'],
    ]
    for (const [method, path, body, status, code] of cases) {
      expect(await ask(runtime, method, path, body), `${method} ${path}`).toMatchObject({ status, body: { code } })
    }
  })

  it('the same goes to several channels, to all or to none', async () => {
    const runtime = await channelRuntime({})
    const broadcast = (channels: string[]) => ask(runtime, 'POST', '/v1/_channels/_broadcast', { channels, payload: 1 })
    expect(await broadcast(['work', 'nope'])).toMatchObject({ status: 404, body: { code: 'channel_not_declared' } })
    const results = [{ channel: 'work', msg_id: expect.any(String) }, { channel: 'work/a' }]
    expect((await broadcast(['work', 'work/a'])).body).toMatchObject({ published: 2, failed: 0, results })
    const peeked = await ask(runtime, 'GET', '/v1/_channels/work/peek')
    expect(peeked.body.messages).toHaveLength(1)
    expect(
      (await ask(runtime, 'POST', '/v1/_channels/_broadcast', { channels: ['work'], payload: null })).body.code,
    ).toBe('invalid_payload')
  })

  it('messages of the system go to channels of the system', async () => {
    const runtime = await channelRuntime({})
    const answer = await ask(runtime, 'POST', '/v1/_channels/_system/runtime-state', { payload: 'x' })
    expect(answer).toMatchObject({ status: 200, body: { channel: '_system/runtime-state' } })
    const { body } = await ask(runtime, 'GET', '/v1/_channels/_system%2Fruntime-state/peek')
    expect(body.messages).toMatchObject([{ value: 'x' }])
  })

  it('a user’s messages are the user’s, and agents of the user’s read them', async () => {
    const runtime = await channelRuntime({ reading: calling({ op: 'subscribe', channel: 'work/a' }) })
    const mine = '/v1/users/ada/channels/work%2Fa'
    await ask(runtime, 'POST', `${mine}/publish`, { payload: 'for ada' })
    expect((await ask(runtime, 'GET', '/v1/users/bob/channels/work%2Fa/peek')).body.messages).toEqual([])
    expect((await ask(runtime, 'GET', `${mine}/peek`)).body.messages).toMatchObject([{ value: 'for ada' }])
    for (const [userId, found] of [
      ['bob', 0],
      ['ada', 1],
    ] as const) {
      const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'reading', segments: say('go'), userId }))
      await reader.toEnd()
      expect(JSON.parse(reader.text()).messages).toHaveLength(found)
    }
    const taken = await ask(runtime, 'POST', `${mine}/subscribe`, { from_cursor: 'cur_0' })
    expect(taken.body.messages).toHaveLength(1)
    const cursor = taken.body.next_cursor
    expect((await ask(runtime, 'POST', `${mine}/ack`, { cursor })).body).toEqual({ ok: true })
  })
})
