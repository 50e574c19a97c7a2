import {
  ChannelCursorRegressionError,
  InvalidArgumentError,
  type LoomcycleError,
  NotFoundError,
} from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { clientOf } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const everybody = { scope: 'global' } as const
const ada = { scope: 'user', userId: 'ada' } as const

async function aClient() {
  const runtime = await startRuntime({
    config: { channels: { fixed: { name: 'fixed', scope: 'global', semantic: 'queue', source: 'yaml' } } },
  })
  return clientOf(runtime)
}

const valuesOf = ({ messages }: { messages: { value: unknown }[] }) => messages.map(({ value }) => value)

/** Every step is a request to a whole runtime. */
const long = { timeout: 60_000 }

describe('channels, by the client', long, () => {
  it('are declared, changed, listed, emptied and deleted', async () => {
    const client = await aClient()
    const made = await client.createChannel({ name: 'work', description: 'Work.', semantic: 'topic', max_messages: 5 })
    expect(made).toMatchObject({ name: 'work', scope: 'global', semantic: 'topic', source: 'runtime', max_messages: 5 })
    expect(await client.updateChannel('work', { default_ttl: 60, max_messages: 0 })).toMatchObject({ default_ttl: 60 })
    await client.publishChannel('work', { ...everybody, payload: 1 })
    const { channels } = await client.listChannels()
    expect(channels.find(({ name }) => name === 'work')).toMatchObject({ message_count: 1, description: 'Work.' })
    expect(await client.purgeChannel('work')).toEqual({ name: 'work', purged: 1 })
    await client.deleteChannel('work')
    await expect(client.deleteChannel('work')).rejects.toMatchObject({ code: 'channel_not_found' })
  })

  it('refuse what is not theirs to change, in words of their own', async () => {
    const client = await aClient()
    await client.createChannel({ name: 'work' })
    const attempts = [
      () => client.createChannel({ name: 'work' }),
      () => client.createChannel({ name: 'fixed' }),
      () => client.createChannel({ name: 'no spaces' }),
      () => client.createChannel({ name: '_system/mine' }),
      () => client.createChannel({ name: 'x', publisher: 'me' }),
      () => client.updateChannel('fixed', { description: 'x' }),
      () => client.deleteChannel('fixed'),
      () => client.updateChannel('nobody', { description: 'x' }),
      () => client.purgeChannel('nobody'),
    ]
    const codes: unknown[] = []
    for (const attempt of attempts) {
      codes.push(await attempt().catch((error: LoomcycleError) => error.code))
    }
    expect(codes).toEqual([
      'channel_name_in_use',
      'channel_yaml_immutable',
      'invalid_request',
      'invalid_request',
      'invalid_request',
      'channel_yaml_immutable',
      'channel_yaml_immutable',
      'channel_not_found',
      'channel_not_found',
    ])
  })

  it.each([everybody, ada])('carry messages from one to another: %j', async (address) => {
    const client = await aClient()
    const sent = await client.publishChannel('fixed', { ...address, payload: { n: 1 } })
    expect(sent).toMatchObject({ channel: 'fixed', msg_id: expect.stringMatching(/^msg_/) })
    const later = new Date(Date.now() + 60_000).toISOString()
    expect(await client.publishChannel('fixed', { ...address, payload: 'later', deliverAt: later })).toMatchObject({
      visible_at: later,
    })
    await client.publishChannel('fixed', { ...address, payload: 2 })
    const looked = await client.peekChannel('fixed', { ...address, maxMessages: 1 })
    expect(valuesOf(looked)).toEqual([{ n: 1 }])
    expect(valuesOf(await client.peekChannel('fixed', { ...address, fromCursor: looked.next_cursor! }))).toEqual([2])
    expect(await client.ackChannel('fixed', { ...address, cursor: looked.next_cursor! })).toEqual({ ok: true })
    const taken = await client.subscribeChannel('fixed', address)
    expect(valuesOf(taken)).toEqual([2])
    const back = client.ackChannel('fixed', { ...address, cursor: looked.next_cursor! })
    await expect(back).rejects.toBeInstanceOf(ChannelCursorRegressionError)
    expect(valuesOf(await client.subscribeChannel('fixed', address))).toEqual([])
    const waiting = client.subscribeChannel('fixed', { ...address, waitMs: 20_000 })
    await client.publishChannel('fixed', { ...address, payload: 3 })
    expect(valuesOf(await waiting)).toEqual([3])
  })

  it('are awaited together, and reached together', async () => {
    const client = await aClient()
    await client.createChannel({ name: 'other' })
    const channels = ['fixed', 'other']
    const waiting = client.awaitChannels({ ...everybody, channels, mode: 'all', waitMs: 20_000 })
    const broadcast = (to: string[]) => client.broadcastChannels({ ...everybody, channels: to, payload: 1 })
    await expect(broadcast([...channels, 'nobody'])).rejects.toBeInstanceOf(NotFoundError)
    expect(await broadcast(channels)).toMatchObject({
      published: 2,
      failed: 0,
      results: [{ channel: 'fixed' }, { channel: 'other' }],
    })
    expect(await waiting).toMatchObject({ satisfied: true, timed_out: false, fired: channels, total_messages: 2 })
    const one = { ...everybody, channels, mode: 'at_least' as const }
    expect(await client.awaitChannels({ ...one, n: 2, waitMs: 0 })).toMatchObject({ satisfied: true })
    expect(await client.awaitChannels({ ...ada, channels, waitMs: 0 })).toMatchObject({ timed_out: true, fired: [] })
    await expect(client.awaitChannels({ ...one, n: 3 })).rejects.toBeInstanceOf(InvalidArgumentError)
    await expect(client.awaitChannels({ ...everybody, channels: ['nobody'] })).rejects.toBeInstanceOf(NotFoundError)
  })

  it('refuse messages that are none', async () => {
    const client = await aClient()
    const publish = (more: object) => client.publishChannel('fixed', { ...everybody, payload: 1, ...more })
    await expect(publish({ payload: null })).rejects.toMatchObject({ code: 'invalid_payload' })
    await expect(publish({ payload: undefined })).rejects.toMatchObject({ code: 'missing_payload' })
    await expect(publish({ deliverAt: 'soon' })).rejects.toMatchObject({ code: 'invalid_deliver_at' })
    await expect(publish({ payload: 'x'.repeat(70_000) })).rejects.toMatchObject({ code: 'payload_too_large' })
    await expect(client.publishChannel('nobody', { ...everybody, payload: 1 })).rejects.toMatchObject({
      code: 'channel_not_declared',
    })
    await expect(client.publishChannel('nobody', { ...ada, payload: 1 })).rejects.toMatchObject({
      code: 'unknown_channel',
    })
    await expect(client.subscribeChannel('fixed', { ...everybody, fromCursor: 'x' })).rejects.toMatchObject({
      code: 'invalid_request',
    })
  })
})
