import { describe, expect, it } from 'vitest'
import { execute } from '../../ground/db/execute.ts'
import { start, toCursor } from './cursor.ts'
import { aChannel, everything, noon, settableClock, someChannels } from './testing/some-channels.ts'

const work = { channel: 'work' }
const at = (ms: number) => new Date(ms).toISOString()
const values = (answer: { messages: { value: unknown }[] }) => answer.messages.map(({ value }) => value)

describe('publishing', () => {
  it('gives messages ids that grow, in one millisecond and when the clock jumps back', async () => {
    const clock = settableClock(noon)
    const { ask } = await someChannels([aChannel('work')], { clock })
    const ids: string[] = []
    for (const now of [noon, noon, noon, noon - 3_600_000, noon - 3_600_000, noon + 1]) {
      clock.set(now)
      ids.push((await ask({ op: 'publish', ...work, value: now })).message_id)
    }
    expect(ids).toEqual([...new Set(ids)].sort())
    for (const id of ids) expect(id).toMatch(/^msg_[0-9a-f]{24}$/)
    expect(values(await ask({ op: 'subscribe', ...work }))).toHaveLength(6)
  })

  it('keeps growing after a restart in the past', async () => {
    const clock = settableClock(noon)
    const { ask, reopen } = await someChannels([aChannel('work')], { clock })
    const { message_id } = await ask({ op: 'publish', ...work, value: 1 })
    clock.set(noon - 1000)
    const again = await reopen()
    expect(again.ctx.ticks.nextMessage().id > message_id).toBe(true)
  })

  it('gives back any JSON value as it was published', async () => {
    const { ask } = await someChannels([aChannel('work')])
    const sent = [0, '', false, [1, [2]], { a: null }, '\u0000\ud800 🧵']
    for (const value of sent) await ask({ op: 'publish', ...work, value })
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual(sent)
  })

  it('refuses what is too large, null, or badly timed', async () => {
    const { ask } = await someChannels([aChannel('work')], { limits: { channelMaxValueBytes: 10 } })
    await expect(ask({ op: 'publish', ...work, value: 'x'.repeat(9) })).rejects.toThrow(
      'publish: the message is 11 bytes',
    )
    await expect(ask({ op: 'publish', ...work, value: null })).rejects.toThrow(/publish: .*(null|missing)/)
    for (const deliver_at of ['tomorrow', '2026-13-01T00:00:00Z', '2026-06-30', '9999-01-01T00:00:00Z']) {
      await expect(ask({ op: 'publish', ...work, value: 1, deliver_at })).rejects.toThrow('deliver_at must be a time')
    }
    await expect(ask({ op: 'publish', ...work, value: 1, ttl: -1 })).rejects.toThrow('ttl must be at least 1')
  })

  it('trims the oldest beyond what the channel keeps, and says how many', async () => {
    const { ask } = await someChannels([aChannel('work', { maxMessages: 2 })])
    const dropped = []
    for (const value of [1, 2, 3, 4]) dropped.push((await ask({ op: 'publish', ...work, value })).dropped_oldest)
    expect(dropped).toEqual([0, 0, 1, 1])
    expect(values(await ask({ op: 'peek', ...work }))).toEqual([3, 4])
  })

  it('never trims what was written last, nor what is still to be delivered', async () => {
    const clock = settableClock(noon)
    const { ask } = await someChannels([aChannel('work', { maxMessages: 1 })], { clock })
    await ask({ op: 'publish', ...work, value: 'now' })
    await ask({ op: 'publish', ...work, value: 'later', deliver_at: at(noon + 1000) })
    await ask({ op: 'publish', ...work, value: 'new' })
    expect(values(await ask({ op: 'peek', ...work }))).toEqual(['new'])
    clock.set(noon + 1000)
    expect(values(await ask({ op: 'peek', ...work }))).toEqual(['new', 'later'])
  })

  it('shows a deferred message when its time has come, in the order of visibility', async () => {
    const clock = settableClock(noon)
    const { ask } = await someChannels([aChannel('work')], { clock })
    const published = await ask({ op: 'publish', ...work, value: 'later', deliver_at: at(noon + 5000) })
    expect(published.visible_at).toBe(at(noon + 5000))
    await ask({ op: 'publish', ...work, value: 'now' })
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual(['now'])
    clock.set(noon + 4999)
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual([])
    clock.set(noon + 5000)
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual(['later'])
  })

  it('delivers at once what should have been delivered before', async () => {
    const { ask } = await someChannels([aChannel('work')])
    await ask({ op: 'publish', ...work, value: 1 })
    await ask({ op: 'subscribe', ...work })
    expect(await ask({ op: 'publish', ...work, value: 2, deliver_at: at(noon - 60_000) })).not.toHaveProperty(
      'visible_at',
    )
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual([2])
  })

  it('keeps only so many deferred messages', async () => {
    const { ask } = await someChannels([aChannel('work'), aChannel('other')], { limits: { channelMaxDeferred: 1 } })
    const later = { value: 1, deliver_at: at(noon + 1000) }
    await ask({ op: 'publish', ...work, ...later })
    await expect(ask({ op: 'publish', ...work, ...later })).rejects.toThrow(
      'work has 1 messages that are to be delivered',
    )
    await ask({ op: 'publish', channel: 'other', ...later })
    await ask({ op: 'publish', ...work, value: 2 })
  })

  it('forgets messages whose time is over, the message’s own or the channel’s', async () => {
    const clock = settableClock(noon)
    const { ask } = await someChannels([aChannel('work', { defaultTtl: 60 })], { clock })
    await ask({ op: 'publish', ...work, value: 'short', ttl: 10 })
    await ask({ op: 'publish', ...work, value: 'usual' })
    await ask({ op: 'publish', ...work, value: 'deferred', ttl: 10, deliver_at: at(noon + 30_000) })
    clock.set(noon + 10_000)
    expect(values(await ask({ op: 'peek', ...work }))).toEqual(['usual'])
    clock.set(noon + 30_000)
    expect(values(await ask({ op: 'peek', ...work }))).toEqual(['usual', 'deferred'])
    clock.set(noon + 60_000)
    expect(values(await ask({ op: 'peek', ...work }))).toEqual([])
  })
})

describe('reading', () => {
  it('takes messages in order, each once, by all who read the queue together', async () => {
    const { ask } = await someChannels([aChannel('work')])
    for (const value of [1, 2, 3]) await ask({ op: 'publish', ...work, value })
    const first = await ask({ op: 'subscribe', ...work, max_messages: 2 })
    expect(first).toMatchObject({ channel: 'work', next_cursor: expect.stringMatching(/^cur_[0-9a-f]{16}_msg_/) })
    expect(values(first)).toEqual([1, 2])
    const editor = everything({ agent: { name: 'editor' } })
    expect(values(await ask({ op: 'subscribe', ...work }, editor))).toEqual([3])
    const empty = await ask({ op: 'subscribe', ...work })
    expect(empty.messages).toEqual([])
    expect(empty.next_cursor).toBe((await ask({ op: 'subscribe', ...work }, editor)).next_cursor)
  })

  it('gives every agent every message of a topic', async () => {
    const { ask } = await someChannels([aChannel('work', { semantic: 'topic' })])
    await ask({ op: 'publish', ...work, value: 1 })
    const editor = everything({ agent: { name: 'editor' } })
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual([1])
    expect(values(await ask({ op: 'subscribe', ...work }, editor))).toEqual([1])
    expect(values(await ask({ op: 'subscribe', ...work }, editor))).toEqual([])
  })

  it('from a cursor reads again, and does not move the kept one back', async () => {
    const { ask } = await someChannels([aChannel('work')])
    for (const value of [1, 2, 3]) await ask({ op: 'publish', ...work, value })
    await ask({ op: 'subscribe', ...work })
    expect(values(await ask({ op: 'subscribe', ...work, from_cursor: 'cur_0', max_messages: 1 }))).toEqual([1])
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual([])
  })

  it('understands the id of a message as a cursor, and nothing else', async () => {
    const { ask } = await someChannels([aChannel('work')])
    const { message_id } = await ask({ op: 'publish', ...work, value: 1 })
    await ask({ op: 'publish', ...work, value: 2 })
    expect(values(await ask({ op: 'peek', ...work, from_cursor: message_id }))).toEqual([2])
    for (const from_cursor of ['cur_', 'cur_1', 'msg_1', "' or 1=1 --", 'cur_0000000000000000_msg_x']) {
      await expect(ask({ op: 'peek', ...work, from_cursor })).rejects.toThrow('is not a cursor')
    }
  })

  it('peeks from the oldest without taking, and can be gone on with', async () => {
    const { ask } = await someChannels([aChannel('work')])
    for (const value of [1, 2, 3]) await ask({ op: 'publish', ...work, value })
    const page = await ask({ op: 'peek', ...work, max_messages: 2 })
    expect(values(page)).toEqual([1, 2])
    expect(values(await ask({ op: 'peek', ...work, from_cursor: page.next_cursor }))).toEqual([3])
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual([1, 2, 3])
  })

  it('acknowledges forwards only, and never what is not there yet', async () => {
    const { ask } = await someChannels([aChannel('work')])
    for (const value of [1, 2, 3]) await ask({ op: 'publish', ...work, value })
    const first = await ask({ op: 'peek', ...work, max_messages: 1 })
    const second = await ask({ op: 'peek', ...work, max_messages: 2 })
    expect(await ask({ op: 'ack', ...work, cursor: second.next_cursor })).toEqual({ ok: true })
    expect(await ask({ op: 'ack', ...work, cursor: second.next_cursor })).toEqual({ ok: true })
    await expect(ask({ op: 'ack', ...work, cursor: first.next_cursor })).rejects.toThrow('channel_cursor_regression')
    await expect(ask({ op: 'ack', ...work, cursor: toCursor(start) })).rejects.toThrow('channel_cursor_regression')
    const future = `cur_ffffffffffffffff_msg_${'f'.repeat(24)}`
    await expect(ask({ op: 'ack', ...work, cursor: future })).rejects.toThrow('after everything')
    expect(values(await ask({ op: 'subscribe', ...work }))).toEqual([3])
  })
})

describe('waiting for several channels', () => {
  const three = [aChannel('work'), aChannel('mine'), aChannel('other')]
  const channels = ['work', 'mine', 'other']

  it('is satisfied by any, all, or at least n of them, and takes nothing', async () => {
    const { ask } = await someChannels(three)
    const look = (mode: string, n?: number) => ask({ op: 'await', channels, mode, n, wait_ms: 0 })
    expect(await look('any')).toMatchObject({ satisfied: false, timed_out: true, fired: [], total_messages: 0 })
    await ask({ op: 'publish', channel: 'mine', value: 1 })
    await ask({ op: 'publish', channel: 'mine', value: 2 })
    expect(await look('any')).toMatchObject({ satisfied: true, timed_out: false, fired: ['mine'], total_messages: 2 })
    expect(await look('at_least', 2)).toMatchObject({ satisfied: false, mode: 'at_least' })
    await ask({ op: 'publish', channel: 'work', value: 3 })
    expect(await look('at_least', 2)).toMatchObject({ satisfied: true, fired: ['work', 'mine'] })
    expect(await look('all')).toMatchObject({ satisfied: false })
    await ask({ op: 'publish', channel: 'other', value: 4 })
    const all = await look('all')
    expect(all).toMatchObject({ satisfied: true, total_messages: 4 })
    expect(values(all.results.mine)).toEqual([1, 2])
    expect(values(await ask({ op: 'subscribe', channel: 'mine' }))).toEqual([1, 2])
  })

  it('refuses a count that cannot be', async () => {
    const { ask } = await someChannels(three)
    await expect(ask({ op: 'await', channels, mode: 'at_least' })).rejects.toThrow('await: n is missing')
    await expect(ask({ op: 'await', channels, mode: 'at_least', n: 4 })).rejects.toThrow('n is 4, and there are 3')
    await expect(ask({ op: 'await', channels: [] })).rejects.toThrow('channels must not be empty')
    const many = Array.from({ length: 33 }, () => 'work')
    await expect(ask({ op: 'await', channels: many })).rejects.toThrow('at most 32')
  })

  it('for a short time blocks, and goes on as soon as there is something', async () => {
    const clock = settableClock(noon)
    const { ask } = await someChannels(three, { clock })
    const waiting = ask({ op: 'await', channels, from_cursor: 'cur_0', wait_ms: 900 })
    const taking = ask({ op: 'subscribe', channel: 'work', wait_ms: 900 })
    await ask({ op: 'publish', channel: 'work', value: 'here' })
    expect(await waiting).toMatchObject({ satisfied: true })
    expect(values(await taking)).toEqual(['here'])
    const empty = ask({ op: 'subscribe', channel: 'work', wait_ms: 900 })
    await expect.poll(() => clock.timers()).toBe(1)
    clock.set(noon + 900)
    expect(values(await empty)).toEqual([])
  })
})

describe('broadcasting', () => {
  it('puts the same on every channel', async () => {
    const { ask } = await someChannels([aChannel('work'), aChannel('mine')])
    const answer = await ask({ op: 'broadcast', channels: ['work', 'mine', 'work'], value: 'all' })
    expect(answer).toMatchObject({ published: 2, failed: 0, results: [{ channel: 'work' }, { channel: 'mine' }] })
    expect(values(await ask({ op: 'subscribe', channel: 'mine' }))).toEqual(['all'])
  })

  it('looks at every channel before it writes to any', async () => {
    const { ask, db } = await someChannels([aChannel('work'), aChannel('secret')])
    for (const bad of ['secret', 'nobody', '_system/runtime-state', '../work']) {
      await expect(ask({ op: 'broadcast', channels: ['work', bad], value: 1 })).rejects.toThrow(/^broadcast: /)
    }
    expect(await db.all('select * from channel_messages', [])).toEqual([])
  })
})

describe('access', () => {
  const none = everything({ agent: { channels: { publish: [], subscribe: [] } } })

  it('is only to what the agent was given, and the refusal names the setting', async () => {
    const { ask } = await someChannels([aChannel('work')])
    await expect(ask({ op: 'publish', ...work, value: 1 }, none)).rejects.toThrow(
      'publish: the channel work is not open to agent writer; its setting channels.publish would allow it',
    )
    for (const op of ['subscribe', 'peek', 'ack']) {
      await expect(ask({ op, ...work, cursor: 'cur_0' }, none)).rejects.toThrow('channels.subscribe')
    }
    await expect(ask({ op: 'await', channels: ['work'] }, none)).rejects.toThrow('channels.subscribe')
    expect(await ask({ op: 'list_channels' }, none)).toEqual({ channels: [] })
  })

  it('by the start of a name is to what is below it', async () => {
    const { ask } = await someChannels([aChannel('team/*', { scope: 'user' }), aChannel('team/a', { maxMessages: 1 })])
    await ask({ op: 'publish', channel: 'team/b/c', value: 1 })
    await ask({ op: 'publish', channel: 'team/a', value: 1 })
    expect((await ask({ op: 'publish', channel: 'team/a', value: 2 })).dropped_oldest).toBe(1)
    for (const channel of ['team', 'teams/a', 'team/../work', 'team//a', 'team/', '/team/a', 'team/*', 'team/a b']) {
      await expect(ask({ op: 'publish', channel, value: 1 })).rejects.toThrow(/^publish: /)
    }
  })

  it('ends at what is declared, and at what only the system publishes on', async () => {
    const { ask } = await someChannels([aChannel('ticks', { publisher: 'system', period: '1m' })])
    await expect(ask({ op: 'publish', channel: 'nobody', value: 1 })).rejects.toThrow('is not declared')
    for (const channel of ['ticks', '_system/runtime-state', 'documents/d1/chunks']) {
      await expect(ask({ op: 'publish', channel, value: 1 })).rejects.toThrow('only the system publishes')
    }
    expect(values(await ask({ op: 'subscribe', channel: '_system/runtime-state' }))).toEqual([])
  })

  it('keeps tenants, users and agents apart as the channel’s scope says', async () => {
    const { ask } = await someChannels([
      aChannel('work', { scope: 'global' }),
      aChannel('mine', { scope: 'user' }),
      aChannel('other', { scope: 'agent' }),
    ])
    const bob = everything({ userId: 'bob' })
    const editor = everything({ agent: { name: 'editor' } })
    const elsewhere = everything({ tenantId: 'elsewhere' })
    for (const channel of ['work', 'mine', 'other']) await ask({ op: 'publish', channel, value: channel })
    const seen = async (scope: typeof bob) =>
      (await ask({ op: 'await', channels: ['work', 'mine', 'other'], wait_ms: 0 }, scope)).fired
    expect(await seen(everything())).toEqual(['work', 'mine', 'other'])
    expect(await seen(bob)).toEqual(['work', 'other'])
    expect(await seen(editor)).toEqual(['work', 'mine'])
    expect(await seen(elsewhere)).toEqual([])
    await expect(ask({ op: 'publish', channel: 'mine', value: 1 }, everything({ userId: '' }))).rejects.toThrow(
      'no user',
    )
  })

  it('shows what may be done where', async () => {
    const { ask } = await someChannels([
      aChannel('work', { description: 'The work.' }),
      aChannel('secret'),
      aChannel('team/*', { semantic: 'topic' }),
    ])
    const reader = everything({
      agent: { channels: { publish: [], subscribe: ['work', 'team/a'] } },
    })
    expect(await ask({ op: 'list_channels' }, reader)).toEqual({
      channels: [
        { name: 'work', scope: 'global', semantic: 'queue', description: 'The work.', publish: false, subscribe: true },
        { name: 'team/*', scope: 'global', semantic: 'topic', publish: false, subscribe: true },
      ],
    })
  })
})

describe('the run’s log', () => {
  it('has what was published and delivered, with secrets out of the preview', async () => {
    const { call } = await someChannels([aChannel('mine', { scope: 'user' })])
    const value = { key: 's3cret', text: 'x'.repeat(300) }
    const published = await call({ op: 'publish', channel: 'mine', value })
    const { message_id } = JSON.parse(published.text)
    const body = {
      channel: 'mine',
      message_id,
      scope: 'user',
      scope_id: 'ada',
      payload_bytes: JSON.stringify(value).length,
      payload_preview: expect.stringMatching(/^\{"key":"\[redacted\]","text":"x+$/),
    }
    expect(published.events).toEqual([{ type: 'channel_publish', channel: body }])
    const delivered = await call({ op: 'subscribe', channel: 'mine' })
    const { next_cursor } = JSON.parse(delivered.text)
    expect(delivered.events).toEqual([{ type: 'channel_delivery', channel: { ...body, cursor: next_cursor } }])
  })
})

describe('a message of the system', () => {
  it('is published in somebody else’s transaction, and is heard once that is committed', async () => {
    const { ask, channels, db } = await someChannels([])
    const change = {
      tenantId: 'default',
      channel: 'documents/d1/chunks',
      scope: 'user',
      scopeId: 'ada',
      actor: 'x',
    } as const
    await expect(
      db.transaction(async (tx) => {
        for (const statement of channels.toPublication({ ...change, value: 'undone' }).statements) {
          await execute(tx, statement)
        }
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    const waiting = ask({ op: 'subscribe', channel: 'documents/d1/chunks', wait_ms: 900 })
    const { statements, announce } = channels.toPublication({ ...change, value: { op: 'create' } })
    await db.write(statements, announce)
    expect(values(await waiting)).toEqual([{ op: 'create' }])
    expect(values(await ask({ op: 'peek', channel: 'documents/d1/chunks', scope: 'tenant' }))).toEqual([])
  })

  it('comes after everything that is read already, however long ago it was made', async () => {
    const { ask, channels, db } = await someChannels([])
    const state = (value: string) =>
      channels.toPublication({
        tenantId: 'default',
        channel: '_system/runtime-state',
        scope: 'global',
        scopeId: '',
        actor: 'system',
        value,
      })
    const early = state('made first, stored second')
    await db.write(state('stored first').statements)
    const read = async () => values(await ask({ op: 'subscribe', channel: '_system/runtime-state' }))
    expect(await read()).toEqual(['stored first'])
    await db.write(early.statements)
    expect(await read()).toEqual(['made first, stored second'])
  })

  it('takes no more room than its channel has, and none for longer than a day', async () => {
    const clock = settableClock(noon)
    const { ask, channels, db } = await someChannels([], { clock })
    const state = { tenantId: 'default', channel: '_system/runtime-state', scope: 'global', scopeId: '' } as const
    for (let value = 0; value < 300; value++) {
      await db.write(channels.toPublication({ ...state, actor: 'system', value }).statements)
    }
    expect(await db.all('select count(*) as n from channel_messages', [])).toEqual([{ n: 256 }])
    const peek = () => ask({ op: 'peek', channel: '_system/runtime-state', max_messages: 1 })
    expect(values(await peek())).toEqual([44])
    clock.set(noon + 24 * 3_600_000)
    expect(values(await peek())).toEqual([])
  })
})
