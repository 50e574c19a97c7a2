import { expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import { LoomcycleError, NotFoundError } from './errors.ts'
import { pages } from './pages.ts'
import { type Answer, json, recordingFetch } from './testing/recording-fetch.ts'

function setUp(answer: Answer = () => json({})) {
  const { fetch, requests } = recordingFetch(answer)
  const sent = () => requests.map(({ method, path, body }) => [method, path, body])
  return { client: new LoomcycleClient({ baseUrl: 'http://host:1', fetch }), sent, requests }
}

test('scopes, and whose memory there is in one', async () => {
  const { client, sent } = setUp()
  await client.listMemoryScopes()
  await client.listMemoryScopeIDs('user')
  await client.listMemoryScopeIDs('user', { after: 'ada', limit: 2 })
  expect(sent()).toEqual([
    ['GET', '/v1/_memory/scopes', undefined],
    ['GET', '/v1/_memory/scopes/user', undefined],
    ['GET', '/v1/_memory/scopes/user?after=ada&limit=2', undefined],
  ])
})

test('a key that its address would lose on the way is refused before it is sent', async () => {
  const { client, requests } = setUp()
  for (const key of ['.', '..']) await expect(client.getMemoryEntry('user', 'ada', key)).rejects.toThrow(`"${key}"`)
  await expect(client.deleteMemoryEntry('user', '..', 'k')).rejects.toThrow('part of an address')
  expect(requests).toEqual([])
  await client.getMemoryEntry('user', 'ada', '...')
  expect(requests).toHaveLength(1)
})

test('lists go on by their cursor, page after page, each when it is asked for', async () => {
  const answers = [{ entries: [1], next_cursor: 'c 1' }, { entries: [2], next_cursor: 'c2' }, { entries: [3] }]
  const { client, sent } = setUp(() => json(answers.shift()))
  const read: unknown[] = []
  for await (const { entries } of pages((page) => client.listMemoryEntries('user', 'ada', { limit: 1, ...page }))) {
    read.push(...entries)
    expect(sent()).toHaveLength(read.length)
  }
  expect(read).toEqual([1, 2, 3])
  expect(sent().map(([, path]) => path)).toEqual([
    '/v1/_memory/scopes/user/ada/keys?limit=1',
    '/v1/_memory/scopes/user/ada/keys?limit=1&cursor=c+1',
    '/v1/_memory/scopes/user/ada/keys?limit=1&cursor=c2',
  ])
})

test('entries are listed by prefix, and read, kept and forgotten by an encoded key', async () => {
  const { client, sent } = setUp(({ method }) => (method === 'DELETE' ? new Response(null, { status: 204 }) : json({})))
  await client.listMemoryEntries('agent', 'writer', { prefix: 'events/', limit: 50 })
  await client.listMemoryEntries('agent', 'writer', { prefix: '', limit: 0 })
  await client.getMemoryEntry('agent', 'writer', 'events/2026')
  await client.setMemoryEntry('user', 'id/x', 'k/1', { value: { a: 1 } })
  await client.setMemoryEntry('user', 'u', 'k', { value: null, embed: false, ttl_seconds: 5 })
  expect(await client.deleteMemoryEntry('user', 'u', 'k')).toBeUndefined()
  expect(sent()).toEqual([
    ['GET', '/v1/_memory/scopes/agent/writer/keys?prefix=events%2F&limit=50', undefined],
    ['GET', '/v1/_memory/scopes/agent/writer/keys', undefined],
    ['GET', '/v1/_memory/scopes/agent/writer/keys/events%2F2026', undefined],
    ['PUT', '/v1/_memory/scopes/user/id%2Fx/keys/k%2F1', { value: { a: 1 } }],
    ['PUT', '/v1/_memory/scopes/user/u/keys/k', { value: null, embed: false, ttl_seconds: 5 }],
    ['DELETE', '/v1/_memory/scopes/user/u/keys/k', undefined],
  ])
})

test('a deletion does not read its answer', async () => {
  const { client } = setUp(() => new Response('gone', { status: 200 }))
  expect(await client.deleteMemoryEntry('user', 'u', 'k')).toBeUndefined()
})

test('a value that was kept but cannot be found by meaning says so', async () => {
  const answer = { scope: 'user', scope_id: 'u', key: 'k', embedded: false, embed_warning: 'no embedder' }
  const { client } = setUp(() => json(answer))
  expect(await client.setMemoryEntry('user', 'u', 'k', { value: 1, embed: true })).toEqual(answer)
})

test('a value that is too large, and one that is not there', async () => {
  const large = setUp(() => json({ code: 'payload_too_large', error: 'too large' }, 413))
  await expect(large.client.setMemoryEntry('user', 'u', 'k', { value: 1 })).rejects.toBeInstanceOf(LoomcycleError)
  const missing = setUp(() => json({ code: 'not_found', error: 'there is nothing under the key "k"' }, 404))
  await expect(missing.client.getMemoryEntry('user', 'u', 'k')).rejects.toBeInstanceOf(NotFoundError)
})

test('a search sends what is set under its wire names, and hits keep their kind', async () => {
  const entries = [
    { key: 'a', kind: 'fact' },
    { key: 'b', kind: 'document', chunk_id: 'c_1', title: 'B' },
  ]
  const { client, sent } = setUp(() => json({ entries }))
  await client.memorySearch({ query: 'q', scope: 'user', scopeId: 'u' })
  const found = await client.memorySearch({
    query: 'q',
    scope: 'user',
    scopeId: 'u',
    topK: 3,
    rank: { recency_weight: 1 },
    dedup: { enabled: true },
    sources: ['facts', 'documents'],
  })
  expect(found.entries).toEqual(entries)
  expect(sent()).toEqual([
    ['POST', '/v1/_memory/search', { query: 'q', scope: 'user', scope_id: 'u' }],
    [
      'POST',
      '/v1/_memory/search',
      {
        query: 'q',
        scope: 'user',
        scope_id: 'u',
        top_k: 3,
        rank: { recency_weight: 1 },
        dedup: { enabled: true },
        sources: ['facts', 'documents'],
      },
    ],
  ])
})

test('chores say what they would do unless told to do it', async () => {
  const { client, sent } = setUp(() => json({ dry_run: true, rows_to_reembed: 3 }))
  await client.memoryEmbedStats('user')
  const plan = await client.reembedMemory('user', 'u')
  await client.reembedMemory('user', 'u', { dryRun: false, limit: 5 })
  await client.reembedMemory('user', 'u', { dryRun: true, limit: 0 })
  await client.backfillEmbeddings('user', 'u', { dryRun: false, limit: 5, prefix: 'a/', tenant: 'acme' })
  await client.purgeStaleEmbeddings('user', 'u', { tenant: '' })
  expect(plan.dry_run && plan.rows_to_reembed).toBe(3)
  expect(sent()).toEqual([
    ['GET', '/v1/_memory/embed_stats?scope=user', undefined],
    ['POST', '/v1/_memory/reembed?scope=user&scope_id=u', undefined],
    ['POST', '/v1/_memory/reembed?scope=user&scope_id=u&dry_run=false&limit=5', undefined],
    ['POST', '/v1/_memory/reembed?scope=user&scope_id=u', undefined],
    [
      'POST',
      '/v1/_memory/backfill_embeddings?scope=user&scope_id=u&dry_run=false&limit=5&prefix=a%2F&tenant=acme',
      undefined,
    ],
    ['POST', '/v1/_memory/purge_stale_embeddings?scope=user&scope_id=u', undefined],
  ])
})
