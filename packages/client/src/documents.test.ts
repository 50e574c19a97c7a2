import { describe, expect, test } from 'vitest'
import { LoomcycleClient } from './client.ts'
import {
  AuthError,
  ChangedSinceError,
  InvalidArgumentError,
  RevisionConflictError,
  SubstrateToolRefusedError,
  UnavailableError,
} from './errors.ts'
import { type Answer, collect, collectToFailure, json, plain, recordingFetch } from './testing/recording-fetch.ts'
import { broken, keepalive, streamOf } from './testing/streams.ts'
import { TestEnvironment } from './testing/test-environment.ts'
import type { DocumentChange } from './wire.gen.ts'

function setUp(answer: Answer = () => json({})) {
  const { fetch, requests } = recordingFetch(answer)
  const environment = new TestEnvironment()
  const client = new LoomcycleClient({ baseUrl: 'http://host:1/', authToken: 't', fetch, environment })
  return { client, requests, environment }
}

describe('ops', () => {
  test('are sent as they are', async () => {
    const { client, requests } = setUp()
    const create = {
      op: 'create_chunk' as const,
      document_id: 'd',
      title: 'T',
      fields: { a: { b: [1] } },
      tags: ['x'],
    }
    const old = { op: 'remember' as const, claims_only: false, anything: { more: 1 } }
    await client.path({ op: 'ls', path: '/docs', recursive: false })
    await client.document(create)
    await client.document({ op: 'export_md', document_id: 'd', include_metadata: false })
    await client.document(old)
    expect(requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v1/_path', { op: 'ls', path: '/docs', recursive: false }],
      ['POST', '/v1/_document', create],
      ['POST', '/v1/_document', { op: 'export_md', document_id: 'd', include_metadata: false }],
      ['POST', '/v1/_document', old],
    ])
  })

  test('that change something can say so twice', async () => {
    const { client, requests } = setUp()
    await client.document({ op: 'create_chunk', document_id: 'd', title: 'T' }, { idempotencyKey: 'k1' })
    await client.document({ op: 'create_chunk', document_id: 'd', title: 'T' })
    expect(requests.map(({ headers }) => headers['Idempotency-Key'])).toEqual(['k1', undefined])
  })

  test('look at somebody else’s tree by the query alone', async () => {
    const { client, requests } = setUp()
    const input = { op: 'list_types' as const }
    await client.document(input, { scopeId: 'u1', tenant: 'acme' })
    await client.path({ op: 'stat', path: '/' }, { scopeId: 'u1', tenant: 'acme' })
    await client.document(input, { scopeId: '', tenant: '' })
    expect(requests.map(({ path }) => path)).toEqual([
      '/v1/_document?scope_id=u1&tenant=acme',
      '/v1/_path?scope_id=u1&tenant=acme',
      '/v1/_document',
    ])
    expect(requests[0]?.body).toEqual(input)
  })

  test('have the types of each op', () => {
    const calls = (client: LoomcycleClient) => [
      client.document({ op: 'get_chunk', id: 'c' }).then((chunk): number => chunk.revision),
      client.document({ op: 'revert_run', run_id: 'r' }).then((answer): number => answer.skipped.length),
      client.path({ op: 'ls' }).then((answer): string | undefined => answer.entries[0]?.full_path),
      client.history({ op: 'related', query: 'q' }).then((answer): number => answer.count),
      client.document({ op: 'sync', id: 'd' }).then((answer: unknown) => answer),
    ]
    expect(calls).toBeTypeOf('function')
  })

  test('refuse with typed errors', async () => {
    const failure = (answer: () => Response) =>
      setUp(answer)
        .client.document({ op: 'get_chunk', id: 'c' })
        .catch((err: unknown) => err)
    const refusal = await failure(() => json({ code: 'tool_refused', tool: 'Document', error: 'stale' }, 422))
    expect(refusal).toBeInstanceOf(SubstrateToolRefusedError)
    expect(refusal).toMatchObject({ tool: 'Document', message: 'stale' })
    const refused = { code: 'tool_refused', tool: 'Document', error: 'conflict', reason: 'revision_conflict' }
    const chunk = { id: 'c', revision: 7, body: 'x'.repeat(5000) }
    const conflict = await failure(() => json({ ...refused, current_revision: 7, chunk }, 422))
    expect(conflict).toBeInstanceOf(RevisionConflictError)
    expect(conflict).toBeInstanceOf(SubstrateToolRefusedError)
    expect(conflict).toMatchObject({ tool: 'Document', message: 'conflict', chunk })
    const changes = [{ type: 'change', seq: 8, op: 'create_chunk', chunk_id: 'd' }]
    const changed = await failure(() => json({ code: 'changed_since', error: 'changed', changes }, 409))
    expect(changed).toBeInstanceOf(ChangedSinceError)
    expect(changed).toMatchObject({ status: 409, message: 'changed', changes })
    const room = [{ status: 'done', title: 'Done', cards: 0 }]
    const says = {
      code: 'column_full',
      error: 'full',
      status: 'doing',
      limit: 1,
      cards: [{ id: 'a', title: 'A' }],
      room,
    }
    const full = await failure(() => json(says, 409))
    expect(full).toMatchObject({ status: 409, code: 'column_full', fields: { error: 'full', limit: 1, room } })
    expect(await failure(() => json(refused, 422))).not.toBeInstanceOf(RevisionConflictError)
    expect(await failure(() => plain('who?', 401))).toBeInstanceOf(AuthError)
    expect(await failure(() => plain('what?', 400))).toBeInstanceOf(InvalidArgumentError)
    expect(await failure(() => plain('later', 503))).toBeInstanceOf(UnavailableError)
  })
})

describe('images', () => {
  test('have an address that nobody is asked for', () => {
    const { client, requests } = setUp()
    expect(client.documentAssetUrl('c/1')).toBe('http://host:1/v1/_document/asset/c%2F1?scope=user')
    expect(client.documentAssetUrl('c', { scope: 'agent', scopeId: 'w', tenant: 'acme' })).toBe(
      'http://host:1/v1/_document/asset/c?scope=agent&scope_id=w&tenant=acme',
    )
    expect(requests).toEqual([])
  })

  test('come as raw answers', async () => {
    const { client, requests } = setUp(() => new Response('bytes'))
    const { signal } = new AbortController()
    const res = await client.fetchDocumentAsset('c', { signal })
    expect(await res.text()).toBe('bytes')
    expect(requests[0]?.headers).toEqual({ Authorization: 'Bearer t' })
    expect(requests[0]?.signal).toBe(signal)
  })

  test('that are not there are a plain error', async () => {
    const { client } = setUp(() => new Response('no', { status: 404, statusText: 'Not Found' }))
    const error = await client.fetchDocumentAsset('c').catch((err: unknown) => err)
    expect((error as Error).constructor).toBe(Error)
    expect((error as Error).message).toBe('fetchDocumentAsset: 404 Not Found')
  })
})

describe('changes', () => {
  const ready = (seq: number) => `id: ${seq}\nevent: ready\ndata: {"type":"ready"}\n\n`
  const change = (seq: number) =>
    `id: ${seq}\nevent: change\ndata: ${JSON.stringify({ type: 'change', seq, op: 'update_chunk', document_id: 'd' })}\n\n`
  const seqs = (changes: DocumentChange[]) => changes.map(({ seq }) => seq)
  const gone = () => plain('gone', 410)

  test('come from where they are asked for', async () => {
    const { client, requests } = setUp(() => streamOf([ready(0), keepalive, change(1), change(2)]))
    const changes = client.documentChanges({
      since: 0,
      documentId: 'd/1',
      scope: 'tenant',
      scopeId: 's',
      tenant: 'acme',
      resume: false,
    })
    expect(requests).toEqual([])
    expect(seqs(await collect(changes))).toEqual([1, 2])
    expect(requests[0]).toMatchObject({
      method: 'GET',
      path: '/v1/_document/changes?scope=tenant&scope_id=s&tenant=acme&document_id=d%2F1&since=0',
      headers: { Accept: 'text/event-stream' },
    })
  })

  test('come exactly once over as many connections as it takes', async () => {
    const answers = [
      () => streamOf([ready(4), change(5), change(6).slice(0, -12)], 'break'),
      () => streamOf([ready(5), change(6), change(7)], 'end'),
      () => streamOf([ready(7), change(7), change(8)], 'break'),
      gone,
    ]
    const { client, requests } = setUp((_, index) => (answers[index] ?? gone)())
    const { items, failure } = await collectToFailure(client.documentChanges())
    expect(seqs(items)).toEqual([5, 6, 7, 8])
    expect(failure).toMatchObject({ status: 410 })
    expect(requests.map(({ path }) => path)).toEqual([
      '/v1/_document/changes',
      '/v1/_document/changes?since=5',
      '/v1/_document/changes?since=7',
      '/v1/_document/changes?since=8',
    ])
  })

  test('that were made between two connections are not lost, even where none was seen before', async () => {
    const answers = [() => streamOf([ready(4)], 'break'), () => streamOf([ready(4), change(5)], 'end'), gone]
    const { client, requests } = setUp((_, index) => (answers[index] ?? gone)())
    const { items } = await collectToFailure(client.documentChanges())
    expect(seqs(items)).toEqual([5])
    expect(requests[1]?.path).toBe('/v1/_document/changes?since=4')
  })

  test('go on from the end of a log that ends before what was seen, as where a backup was restored', async () => {
    const answers = [() => streamOf([ready(8), change(9)], 'break'), () => streamOf([ready(4), change(5)], 'end'), gone]
    const { client, requests } = setUp((_, index) => (answers[index] ?? gone)())
    const { items } = await collectToFailure(client.documentChanges())
    expect(seqs(items)).toEqual([9, 5])
    expect(requests[2]?.path).toBe('/v1/_document/changes?since=5')
  })

  test('go on however often a server closes with nothing to say, waiting longer each time', async () => {
    const { client, environment } = setUp((_, index) => (index < 5 ? streamOf([ready(4)]) : gone()))
    await collectToFailure(client.documentChanges({ since: 4 }))
    expect(environment.sleeps).toEqual([250, 500, 1000, 2000])
  })

  test('break off where they are not to come back, or never came', async () => {
    const { client } = setUp(() => streamOf([ready(4), change(5)], 'break'))
    const { items, failure } = await collectToFailure(client.documentChanges({ resume: false }))
    expect(seqs(items)).toEqual([5])
    expect(failure).toBe(broken)
    const refused = setUp(() => plain('who?', 401))
    expect((await collectToFailure(refused.client.documentChanges())).failure).toBeInstanceOf(AuthError)
    expect(refused.requests).toHaveLength(1)
  })

  test('say how they are doing, and stop for good when the loop is left or called off', async () => {
    const said: string[] = []
    let left = 0
    const { client, requests, environment } = setUp(() =>
      streamOf([ready(4), change(5), change(6)], 'hang', () => left++),
    )
    for await (const { seq } of client.documentChanges({ resume: { onStatus: (status) => said.push(status) } })) {
      if (seq === 5) break
    }
    expect(said).toEqual(['live', 'ended'])

    const calling = new AbortController()
    const seen: number[] = []
    const following = (async () => {
      for await (const { seq } of client.documentChanges({ signal: calling.signal })) {
        seen.push(seq)
        if (seq === 6) calling.abort()
      }
    })()
    await expect(following).rejects.toThrow('aborted')
    expect(seen).toEqual([5, 6])
    expect([left, requests.length, environment.listeners, environment.watched]).toEqual([2, 2, 0, 0])
  })
})
