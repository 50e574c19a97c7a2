import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EmbedderSettings, MemorySeed } from '../src/ground/config/config.ts'
import type { ScriptedModel } from '../src/models/providers/scripted/turn.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { testStore } from '../src/testing/open-test-database.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'
import { placed } from '../src/testing/user-sql.ts'

const stub: EmbedderSettings = { provider: 'stub', model: 'fnv-256', timeoutMs: 1000, batchSize: 100 }

describe('memory over HTTP', () => {
  it('is put, read, listed and deleted, keys with slashes included', async () => {
    const { get, put, remove } = await memoryOf(await startRuntime())
    expect(await get('scopes')).toMatchObject({
      status: 200,
      body: { scopes: [{ name: 'agent' }, { name: 'user' }, { name: 'tenant' }] },
    })
    expect(await put('scopes/user/ada/keys/notes/a', { value: { x: 1 } })).toEqual({
      status: 200,
      body: { scope: 'user', scope_id: 'ada', key: 'notes/a', embedded: false },
    })
    await put('scopes/user/ada/keys/notes%2Fb', { value: 2, ttl_seconds: 3600 })
    await put('scopes/user/bob/keys/k', { value: null })
    expect(await get('scopes/user')).toMatchObject({
      body: {
        scope: 'user',
        scope_ids: [
          { scope_id: 'ada', key_count: 2 },
          { scope_id: 'bob', key_count: 1 },
        ],
      },
    })
    expect(await get('scopes/user/ada/keys?prefix=notes/')).toMatchObject({
      body: {
        entries: [
          { key: 'notes/a', value: { x: 1 } },
          { key: 'notes/b', value: 2 },
        ],
        truncated: false,
      },
    })
    expect(await get('scopes/user/ada/keys?limit=1')).toMatchObject({ body: { entries: [{}], truncated: true } })
    const one = await get('scopes/user/ada/keys/notes/b')
    expect(one).toMatchObject({
      status: 200,
      body: { scope: 'user', scope_id: 'ada', entry: { key: 'notes/b', value: 2 } },
    })
    expect(Date.parse(one.body.entry.expires_at)).toBeGreaterThan(Date.now())
    expect(Date.parse(one.body.entry.created_at)).toBeLessThanOrEqual(Date.now())
    expect(await remove('scopes/user/ada/keys/notes/a')).toEqual({ status: 204, body: undefined })
    expect(await remove('scopes/user/ada/keys/notes/a')).toEqual({ status: 204, body: undefined })
    expect(await get('scopes/user/ada/keys/notes/a')).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('keeps every member of a value, whatever it is called, and every number that is one', async () => {
    const { ask } = await memoryOf(await startRuntime())
    const value = '{"__proto__":{"polluted":true},"constructor":1,"n":[1e+300,0.1e-999]}'
    await ask('PUT', 'scopes/user/ada/keys/k', `{"value":${value}}`)
    const { body } = await ask('GET', 'scopes/user/ada/keys/k')
    expect(JSON.stringify(body.entry.value)).toBe('{"__proto__":{"polluted":true},"constructor":1,"n":[1e+300,0]}')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each([
    ['GET', 'scopes/run', 400],
    ['GET', 'scopes/__proto__', 400],
    ['GET', 'scopes/user/ada/keys?limit=x', 400],
    ['GET', `scopes/user/ada/keys/${'x'.repeat(600)}`, 400],
    ['PUT', 'scopes/user/ada/keys/k', 400],
    ['PUT', 'scopes/user/ada/keys/k', 400, '[1]'],
    ['PUT', 'scopes/user/ada/keys/k', 400, '{"value": 1, "ttl_seconds": -1}'],
    ['PUT', 'scopes/user/ada/keys/k', 400, '{"value": {"n": [1e400]}}'],
    ['PUT', 'scopes/user/ada/keys/k', 400, `{"value": -${'9'.repeat(400)}}`],
    ['PUT', 'scopes/user/ada/keys/k', 413, JSON.stringify({ value: 'x'.repeat(70_000) })],
    ['PUT', 'scopes/user/ada/keys/k', 400, `{"value": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['POST', 'search', 400, '{"query": "x", "scope": "nobody", "scope_id": "a"}'],
    ['POST', 'search', 503, '{"query": "x", "scope": "user", "scope_id": "a"}'],
    ['POST', 'reembed', 400],
    ['POST', 'reembed?scope=user&scope_id=a', 503],
    ['POST', 'backfill_embeddings?scope=user&scope_id=a', 503],
    ['POST', 'purge_stale_embeddings?scope=user&scope_id=a&limit=-1', 400],
    ['GET', 'embed_stats?scope=nobody', 400],
  ])('refuses %s %s with %i', async (method, path, status, body?: string) => {
    const { ask } = await memoryOf(await startRuntime())
    expect(await ask(method, path, body)).toMatchObject({ status, body: { error: expect.any(String) } })
  })

  it('asks for a token where there is one', async () => {
    const runtime = await startRuntime({ config: { authToken: 'a-token-that-nobody-guesses' } })
    for (const path of ['scopes', 'scopes/user', 'scopes/user/ada/keys/k', 'embed_stats']) {
      expect((await fetch(`${runtime.url}/v1/_memory/${path}`)).status).toBe(401)
    }
  })

  it('is seeded once, and what was changed or deleted by then stays so until it is missing again', async () => {
    const entries: MemorySeed[] = [
      { scope: 'user', scopeId: 'ada', key: 'k', value: 'first', embed: true },
      { scope: 'tenant', scopeId: '', key: 't', value: [1], embed: false },
    ]
    const runtime = await startRuntime({ config: { memory: { embedder: stub, entries } } })
    const { get, put } = await memoryOf(runtime)
    expect(await get('scopes/tenant/default/keys/t')).toMatchObject({ body: { entry: { value: [1] } } })
    await expect.poll(() => get('embed_stats?scope=user')).toMatchObject({ body: { models: [{ row_count: 1 }] } })
    await put('scopes/user/ada/keys/k', { value: 'changed' })
    const again = await memoryOf(await runtime.restart())
    expect(await again.get('scopes/user/ada/keys/k')).toMatchObject({ body: { entry: { value: 'changed' } } })
  })
})

describe('vectors over HTTP', () => {
  it('are made with the value, searched, and counted', async () => {
    const { get, put, post } = await memoryOf(
      await startRuntime({ config: { memory: { embedder: stub, entries: [] } } }),
    )
    const keys = 'scopes/user/ada/keys'
    expect((await put(`${keys}/cat?embed=true`, { value: 'a cat on the sofa' })).body).toMatchObject({ embedded: true })
    await put(`${keys}/tax`, { value: 'the tax report', embed: true })
    await put(`${keys}/plain`, { value: 'a cat as well' })
    expect((await put(`${keys}/empty`, { value: '', embed: true })).body).toMatchObject({
      embedded: false,
      embed_warning: 'there is no text to embed',
    })
    const found = await post('search', { query: 'sofa cat', scope: 'user', scope_id: 'ada', top_k: 1 })
    expect(found.body).toMatchObject({
      scope: 'user',
      scope_id: 'ada',
      entries: [{ key: 'cat', kind: 'fact', embedded_with: { provider: 'stub', model: 'fnv-256' } }],
      query_embedding_dim: 256,
      truncated: true,
    })
    const notes = await post('search', { query: 'cat', scope: 'user', scope_id: 'ada', sources: ['notes'] })
    expect(notes.body.entries).toEqual([])
    expect((await get('embed_stats')).body).toMatchObject({
      tenant: 'default',
      models: [{ provider: 'stub', model: 'fnv-256', dimension: 256, row_count: 2 }],
      total_embedding_bytes: 2048,
    })
    expect((await get(`${keys}?include_embedding_metadata=true`)).body).toMatchObject({
      entries: [{ key: 'cat' }, { key: 'empty' }, { key: 'plain' }, { key: 'tax' }],
      embedding_metadata: { cat: { provider: 'stub', model: 'fnv-256', dimension: 256 }, tax: {} },
    })
  })

  it('are not searched while the service is away, which is said, and so is a query of blanks', async () => {
    const away: EmbedderSettings = { ...stub, provider: 'ollama', baseUrl: 'http://127.0.0.1:1' }
    const { put, post } = await memoryOf(await startRuntime({ config: { memory: { embedder: away, entries: [] } } }))
    await put('scopes/user/ada/keys/cat', { value: 'a cat', embed: true })
    const query = { query: 'cat', scope: 'user', scope_id: 'ada' }
    expect(await post('search', query)).toMatchObject({
      status: 503,
      body: { code: 'vector_unsupported', error: expect.stringContaining('The embedder does not answer: ') },
    })
    expect(await post('search', { ...query, query: ' ' })).toMatchObject({ status: 400 })
  })

  it('are made for what has none, made anew for another embedder, and purged', async () => {
    const runtime = await startRuntime({ config: { memory: { embedder: stub, entries: [] } } })
    const old = await memoryOf(runtime)
    for (const key of ['a', 'b', 'c']) await old.put(`scopes/user/ada/keys/${key}`, { value: `word ${key}` })
    await old.put('scopes/user/ada/keys/n', { value: null })
    const at = 'scope=user&scope_id=ada'
    expect((await old.post(`backfill_embeddings?${at}`)).body).toMatchObject({
      dry_run: true,
      candidates: 4,
      sample_keys: ['a', 'b', 'c', 'n'],
    })
    expect((await old.post(`backfill_embeddings?${at}&dry_run=false`)).body).toMatchObject({
      embedded: 3,
      failed: 0,
      skipped_empty: 1,
    })
    expect((await old.post(`reembed?${at}`)).body).toMatchObject({ rows_total: 3, rows_to_reembed: 0 })

    const next = await memoryOf(
      await runtime.restart({ config: { memory: { embedder: { ...stub, model: 'new' }, entries: [] } } }),
    )
    const search = { query: 'word a', scope: 'user', scope_id: 'ada' }
    expect((await next.post('search', search)).body.entries).toEqual([])
    expect((await next.post(`reembed?${at}`)).body).toMatchObject({
      dry_run: true,
      rows_total: 3,
      rows_to_reembed: 3,
      sample_keys: ['a', 'b', 'c'],
      current_embedder: { provider: 'stub', model: 'new', dimension: 256 },
    })
    expect((await next.post(`reembed?${at}&dry_run=false&limit=2`)).body).toMatchObject({
      rows_reembedded: 2,
      rows_failed: 0,
    })
    expect((await next.post('search', search)).body.entries).toHaveLength(2)
    expect((await next.post(`purge_stale_embeddings?${at}`)).body).toMatchObject({
      scanned: 3,
      stale: 1,
      sample_keys: ['c'],
    })
    expect((await next.post(`purge_stale_embeddings?${at}&dry_run=false`)).body).toMatchObject({ purged: 1 })
    expect((await next.get('embed_stats')).body.models).toMatchObject([{ model: 'new', row_count: 2 }])
  })
})

describe('SQL memory of a run', () => {
  it('is shared through the run’s calls and gone when the run has ended', async () => {
    const asks = [
      { op: 'sql_exec', scope: 'run', statement: 'CREATE TABLE t (a INTEGER)' },
      { op: 'sql_begin', scope: 'run' },
      { op: 'sql_exec', scope: 'run', statement: placed('INSERT INTO t VALUES (?)'), args: [7] },
      { op: 'sql_query', scope: 'run', statement: 'SELECT a FROM t' },
      { op: 'sql_exec', scope: 'user', statement: 'CREATE TABLE kept (a INTEGER)' },
    ]
    let turns = 0
    const calling: ScriptedModel = () => {
      const ask = asks[turns++]
      return ask ? { tool_calls: [{ id: `c${turns}`, name: 'Memory', input: ask }] } : { text: 'done' }
    }
    const runtime = await startRuntime({
      models: { keeper: calling },
      agents: { keeper: { sqlScopes: ['run', 'user'] } },
    })
    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'keeper', segments: say('go'), userId: 'ada' }))
    const events = await reader.toEnd()
    const results = events
      .filter(({ type }) => type === 'tool_result')
      .map((event) => event as { text?: string; is_error?: boolean })
    expect(results.map(({ is_error }) => is_error ?? false)).toEqual(results.map(() => false))
    expect(JSON.stringify(results[3])).toContain('[[7]]')
    if (testStore === 'postgres') return
    const root = join(runtime.ctx.config.dataDir, 'sqlmem', 'default')
    await expect.poll(() => readdirSync(join(root, 'run'))).toEqual([])
    expect(existsSync(join(root, 'user'))).toBe(true)
    expect(await runtime.ctx.db.all('select op, error from sql_audit order by n', [])).toMatchObject(
      asks.map(({ op }) => ({ op, error: null })),
    )
  })
})

async function memoryOf(runtime: TestRuntime) {
  const ask = async (method: string, path: string, body?: string) => {
    const response = await fetch(`${runtime.url}/v1/_memory/${path}`, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))
  return {
    ask,
    get: (path: string) => ask('GET', path),
    put: (path: string, body: unknown) => ask('PUT', path, json(body)),
    post: (path: string, body?: unknown) => ask('POST', path, json(body)),
    remove: (path: string) => ask('DELETE', path),
  }
}

describe('what is done to memory', () => {
  it('is followed by the client, each key with what was last done to it, and missed by nobody who comes back', async () => {
    const runtime = await startRuntime({ config: { memory: { embedder: stub, entries: [] } } })
    const client = clientOf(runtime)
    await client.setMemoryEntry('user', 'ada', 'a', { value: 1 })
    const changes = client.memoryChanges({ since: 0 })[Symbol.asyncIterator]()
    const next = async () => (await changes.next()).value
    const a = { type: 'memory.set', tenant: 'default', scope: 'user', scope_id: 'ada', key: 'a' }
    expect(await next()).toEqual({ ...a, seq: 1, at: expect.any(String) })
    await client.setMemoryEntry('agent', 'writer', 'b', { value: 1 })
    expect(await next()).toMatchObject({ seq: 2, scope: 'agent', scope_id: 'writer', key: 'b' })
    await client.deleteMemoryEntry('user', 'ada', 'a')
    expect(await next()).toMatchObject({ ...a, type: 'memory.delete', seq: 3 })
    await client.deleteMemoryEntry('user', 'ada', 'a')
    await client.setMemoryEntry('user', 'ada', 'c', { value: 1, ttl_seconds: 3600 })
    expect(await next()).toMatchObject({ seq: 4, key: 'c' })
    await changes.return?.()

    const again = client.memoryChanges({ since: 2 })[Symbol.asyncIterator]()
    expect((await again.next()).value).toMatchObject({ seq: 3, key: 'a', type: 'memory.delete' })
    await again.return?.()

    const response = await fetch(`${runtime.url}/v1/_memory/changes`)
    const first = new TextDecoder().decode((await response.body!.getReader().read()).value)
    expect(first).toBe(
      'id: 4\nevent: feed\ndata: {"type":"feed","enabled":true,"since":4,"embedder":"stub/fnv-256"}\n\n',
    )
  })

  it('is what agents do as well, and what happens when the time of a value is over', async () => {
    const clock = createTestClock(1_000)
    const writer: ScriptedModel = ({ messages }) =>
      messages.length > 1
        ? { text: 'done' }
        : { tool_calls: [{ name: 'Memory', input: { op: 'set', scope: 'user', key: 'k', value: 1, ttl: 60 } }] }
    const runtime = await startRuntime({ models: { writer }, clock })
    const changes = clientOf(runtime).memoryChanges({ since: 0 })[Symbol.asyncIterator]()
    await new Reader(clientOf(runtime).runStreaming({ agent: 'writer', segments: say('go') })).toEnd()
    expect((await changes.next()).value).toMatchObject({ type: 'memory.set', scope_id: 'default', key: 'k' })
    await clock.fire(15 * 60_000)
    expect((await changes.next()).value).toMatchObject({ type: 'memory.delete', key: 'k', seq: 2 })
    await changes.return?.()
  })

  it.each([
    ['?since=-1', {}],
    ['?since=x', {}],
    ['', { 'last-event-id': 'x' }],
  ])('is refused for %s', async (query, headers: Record<string, string>) => {
    const runtime = await startRuntime()
    const response = await fetch(`${runtime.url}/v1/_memory/changes${query}`, { headers })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid_request' })
  })
})
