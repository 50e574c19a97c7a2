import { expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { ChannelCursorRegressionError, LoomcycleError } from './errors.ts'
import { type Answer, json, recordingFetch } from './testing/recording-fetch.ts'

function setUp(answer: Answer = () => json({})) {
  const { fetch, requests } = recordingFetch(answer)
  const sent = () => requests.map(({ method, path, body }) => [method, path, body])
  return { client: new LoomcycleClient({ baseUrl: 'http://host:1', authToken: 't', fetch }), sent, requests }
}

test('are listed', async () => {
  const { client, requests } = setUp(() => json({ channels: [] }))
  expect(await client.listChannels()).toEqual({ channels: [] })
  expect(requests[0]).toMatchObject({ path: '/v1/_channels', headers: { Authorization: 'Bearer t' } })
})

test('take messages, the tenant’s and a user’s', async () => {
  const { client, sent } = setUp()
  await client.publishChannel('findings/alpha', { scope: 'global', payload: { n: 1 } })
  await client.publishChannel('news', { scope: 'user', userId: 'a/b', payload: 1, deliverAt: '2027-01-01T00:00:00Z' })
  expect(sent()).toEqual([
    ['POST', '/v1/_channels/findings%2Falpha/publish', { payload: { n: 1 } }],
    ['POST', '/v1/users/a%2Fb/channels/news/publish', { payload: 1, deliver_at: '2027-01-01T00:00:00Z' }],
  ])
})

test('of a user need the user, and ask nobody without', async () => {
  const { client, requests } = setUp()
  await expect(client.publishChannel('c', { scope: 'user', payload: 1 })).rejects.toThrow('userId')
  await expect(client.subscribeChannel('c', { scope: 'user' })).rejects.toThrow('userId')
  await expect(client.peekChannel('c', { scope: 'user' })).rejects.toThrow('userId')
  await expect(client.ackChannel('c', { scope: 'user', cursor: 'cur_1' })).rejects.toThrow('userId')
  expect(requests).toEqual([])
})

test('give their messages', async () => {
  const { client, sent } = setUp()
  await client.subscribeChannel('c', { scope: 'global', waitMs: 0, maxMessages: 5 })
  await client.peekChannel('c', { scope: 'user', userId: 'u', fromCursor: 'cur_1', maxMessages: 2 })
  await client.ackChannel('c', { scope: 'global', cursor: 'cur_2' })
  expect(sent()).toEqual([
    ['POST', '/v1/_channels/c/subscribe', { wait_ms: 0, max_messages: 5 }],
    ['GET', '/v1/users/u/channels/c/peek?from_cursor=cur_1&max_messages=2', undefined],
    ['POST', '/v1/_channels/c/ack', { cursor: 'cur_2' }],
  ])
})

test('are waited for and told together', async () => {
  const { client, sent } = setUp(() => json({ satisfied: false, timed_out: true }))
  const waited = await client.awaitChannels({
    channels: ['a', 'b'],
    scope: 'user',
    userId: 'u',
    mode: 'at_least',
    n: 1,
    waitMs: 10,
  })
  await client.awaitChannels({ channels: ['a'], scope: 'global' })
  await client.broadcastChannels({ channels: ['a'], scope: 'user', userId: 'u', payload: 1 })
  expect(waited.timed_out).toBe(true)
  expect(sent()).toEqual([
    [
      'POST',
      '/v1/_channels/_await',
      { channels: ['a', 'b'], scope: 'user', scope_id: 'u', mode: 'at_least', n: 1, wait_ms: 10 },
    ],
    ['POST', '/v1/_channels/_await', { channels: ['a'], scope: 'global' }],
    ['POST', '/v1/_channels/_broadcast', { channels: ['a'], payload: 1, scope: 'user', scope_id: 'u' }],
  ])
})

test('are declared, changed, emptied and removed', async () => {
  const { client, sent, requests } = setUp(({ method }) =>
    method === 'DELETE' ? new Response(null, { status: 204 }) : json({ name: 'a/b', purged: 2 }, 201),
  )
  const { signal } = new AbortController()
  await client.createChannel({ name: 'a/b', scope: 'global', default_ttl: 0, signal })
  await client.updateChannel('a/b', { description: '', signal })
  expect((await client.purgeChannel('a/b')).purged).toBe(2)
  expect(await client.deleteChannel('a/b')).toBeUndefined()
  expect(sent()).toEqual([
    ['POST', '/v1/_channels', { name: 'a/b', scope: 'global', default_ttl: 0 }],
    ['PATCH', '/v1/_channels/a%2Fb', { description: '' }],
    ['POST', '/v1/_channels/a%2Fb/purge', {}],
    ['DELETE', '/v1/_channels/a%2Fb', undefined],
  ])
  expect(requests[0]?.signal).toBe(signal)
  expect(requests[1]?.signal).toBe(signal)
})

test('refuse with typed errors, whatever a channel is called', async () => {
  const failing = (code: string, status: number) =>
    setUp(() => json({ code, error: `channel session-agents: ${code}` }, status)).client
  const nameOf = (call: Promise<unknown>) => call.catch((err: Error) => err.name)
  const global = { scope: 'global', payload: 1 } as const
  expect(await nameOf(failing('channel_not_declared', 404).publishChannel('c', global))).toBe('NotFoundError')
  expect(await nameOf(failing('channel_not_found', 404).deleteChannel('c'))).toBe('NotFoundError')
  expect(await nameOf(failing('channel_not_found', 404).purgeChannel('c'))).toBe('NotFoundError')
  expect(await nameOf(failing('channel_yaml_immutable', 409).updateChannel('c', {}))).toBe('LoomcycleError')
  expect(await nameOf(failing('channel_name_in_use', 409).createChannel({ name: 'c' }))).toBe('LoomcycleError')
  const awaiting = failing('unknown_channel', 404).awaitChannels({ channels: ['c'], scope: 'global' })
  await expect(awaiting).rejects.toBeInstanceOf(LoomcycleError)
  const ack = failing('channel_cursor_regression', 409).ackChannel('c', { scope: 'global', cursor: 'cur_0' })
  await expect(ack).rejects.toBeInstanceOf(ChannelCursorRegressionError)
})
