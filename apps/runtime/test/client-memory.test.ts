import { InvalidArgumentError, NotFoundError, SnapshotTooLargeError } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { clientOf } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const stub = { provider: 'stub', model: 'fnv-256', timeoutMs: 1000, batchSize: 100 } as const

async function aClient() {
  const runtime = await startRuntime({ config: { memory: { embedder: stub, entries: [] } } })
  return { runtime, client: clientOf(runtime) }
}

/** Every step is a request to a whole runtime. */
const long = { timeout: 60_000 }

describe('memory, by the client', long, () => {
  it('is kept, read, listed and forgotten', async () => {
    const { client } = await aClient()
    expect((await client.listMemoryScopes()).scopes.map(({ name }) => name)).toEqual(['agent', 'user', 'tenant'])
    const key = 'notes/a b%2F?#ü'
    expect(await client.setMemoryEntry('user', 'ada', key, { value: { n: 1 }, ttl_seconds: 60 })).toEqual({
      ...{ scope: 'user', scope_id: 'ada', key, embedded: false },
    })
    expect(await client.getMemoryEntry('user', 'ada', key)).toMatchObject({
      scope_id: 'ada',
      entry: { key, value: { n: 1 }, expires_at: expect.any(String) },
    })
    await client.setMemoryEntry('user', 'ada', 'other', { value: 2 })
    expect(await client.listMemoryEntries('user', 'ada', { prefix: 'notes/', limit: 1 })).toMatchObject({
      entries: [{ key }],
      truncated: false,
    })
    expect(await client.listMemoryScopeIDs('user')).toMatchObject({ scope_ids: [{ scope_id: 'ada', key_count: 2 }] })
    await client.setMemoryEntry('user', 'bob', 'key', { value: 3 })
    const first = await client.listMemoryScopeIDs('user', { limit: 1 })
    expect(first).toMatchObject({ scope_ids: [{ scope_id: 'ada' }], truncated: true })
    const rest = await client.listMemoryScopeIDs('user', { limit: 1, after: 'ada' })
    expect(rest).toEqual({ scope: 'user', scope_ids: [expect.objectContaining({ scope_id: 'bob', key_count: 1 })] })
    await client.deleteMemoryEntry('user', 'ada', key)
    await client.deleteMemoryEntry('user', 'ada', key)
    await expect(client.getMemoryEntry('user', 'ada', key)).rejects.toMatchObject({
      constructor: NotFoundError,
      code: 'not_found',
    })
  })

  it('says what is wrong with a value, a scope or a key', async () => {
    const { client } = await aClient()
    await expect(client.setMemoryEntry('user', 'ada', 'k', { value: 'x'.repeat(70_000) })).rejects.toMatchObject({
      constructor: SnapshotTooLargeError,
      code: 'memory_value_too_large',
    })
    for (const wrong of [
      () => client.listMemoryScopeIDs('nobody'),
      () => client.getMemoryEntry('user', 'ada', 'x'.repeat(600)),
      () => client.setMemoryEntry('user', 'ada', 'k', { value: 1, ttl_seconds: -1 }),
    ]) {
      await expect(wrong()).rejects.toBeInstanceOf(InvalidArgumentError)
    }
  })

  it('is searched, and its vectors are looked after', async () => {
    const { client, runtime } = await aClient()
    await client.setMemoryEntry('user', 'ada', 'pets', { value: 'the cat sleeps on the sofa', embed: true })
    await client.setMemoryEntry('user', 'ada', 'tax', { value: 'the report is due in May' })
    const query = { query: 'a cat on a sofa', scope: 'user', scopeId: 'ada', topK: 1, sources: ['facts' as const] }
    expect(await client.memorySearch(query)).toMatchObject({
      entries: [{ key: 'pets', kind: 'fact', embedded_with: { provider: 'stub' }, score: expect.any(Number) }],
      query_embedding_dim: 256,
      truncated: false,
    })
    expect(await client.memoryEmbedStats('user')).toMatchObject({
      models: [{ provider: 'stub', model: 'fnv-256', dimension: 256, row_count: 1 }],
      total_embedding_bytes: 1024,
    })
    expect(await client.backfillEmbeddings('user', 'ada')).toMatchObject({
      dry_run: true,
      candidates: 1,
      sample_keys: ['tax'],
    })
    expect(await client.backfillEmbeddings('user', 'ada', { dryRun: false, prefix: 't' })).toMatchObject({
      prefix: 't',
      embedded: 1,
      failed: 0,
    })
    await runtime.ctx.db.write([{ sql: `update memory_vectors set model = 'old' where key = 'tax'`, parameters: [] }])
    expect(await client.reembedMemory('user', 'ada')).toMatchObject({ dry_run: true, rows_to_reembed: 1 })
    expect(await client.purgeStaleEmbeddings('user', 'ada')).toMatchObject({ dry_run: true, stale: 1, purged: 0 })
    expect(await client.reembedMemory('user', 'ada', { dryRun: false, limit: 10 })).toMatchObject({
      dry_run: false,
      rows_reembedded: 1,
      rows_failed: 0,
    })
    await runtime.ctx.db.write([{ sql: `update memory_vectors set model = 'old' where key = 'tax'`, parameters: [] }])
    expect(await client.purgeStaleEmbeddings('user', 'ada', { dryRun: false })).toMatchObject({ purged: 1 })
    expect(await client.memorySearch({ ...query, query: 'a report in May', topK: 5 })).toMatchObject({
      entries: [{ key: 'pets' }],
    })
  })
})
