import { describe, expect, it } from 'vitest'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

const headers = { 'content-type': 'application/json' }

function caller({ url }: TestRuntime, query = '') {
  return async (op: string, input: object = {}) => {
    const response = await fetch(`${url}/v1/_document${query}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ op, ...input }),
    })
    return { status: response.status, body: await response.json() }
  }
}

/** Frames of the stream of changes. */
async function* framesOf(url: string, more: HeadersInit = {}) {
  const abort = new AbortController()
  const response = await fetch(url, { headers: more, signal: abort.signal })
  let text = ''
  try {
    for await (const bytes of response.body!.pipeThrough(new TextDecoderStream())) {
      text += bytes
      for (let end: number; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
        const [, id, data] = /^id: (\d+)\nevent: \w+\ndata: (.*)$/.exec(text.slice(0, end))!
        yield { id: Number(id), ...JSON.parse(data!) }
      }
    }
  } finally {
    abort.abort()
  }
}

describe('documents over HTTP', () => {
  it('are edited by a person and an agent together, each seeing the other', async () => {
    const runtime = await startRuntime({
      models: {
        drafter: ({ messages }) => {
          const last = messages.at(-1)!.content.at(-1)!
          if (last.type === 'text')
            return { tool_calls: [{ name: 'Document', input: { op: 'query_chunks', status: 'scheduled' }, id: 'c1' }] }
          if (last.type !== 'tool_result') return { text: 'lost' }
          const { chunks, revision } = JSON.parse(last.text)
          if (!chunks) return { text: `done at ${revision}` }
          const [{ id, revision: read }] = chunks
          const input = { op: 'update_chunk', id, revision: read, body: 'A draft.', status: 'drafted' }
          return { tool_calls: [{ name: 'Document', input, id: 'c2' }] }
        },
      },
    })
    const ask = caller(runtime)
    const { body: made } = await ask('create_document', { title: 'Launch', path: '/docs/launch' })
    const { body: chunk } = await ask('create_chunk', {
      document_id: made.document_id,
      title: 'Post',
      status: 'scheduled',
    })
    const frames = framesOf(`${runtime.url}/v1/_document/changes?document_id=${made.document_id}`)
    expect((await frames.next()).value).toEqual({ id: 2, type: 'ready' })

    const reader = new Reader(clientOf(runtime).runStreaming({ agent: 'drafter', segments: say('go') }))
    const [{ value: seen }] = await Promise.all([frames.next(), reader.toEnd()])
    expect(reader.text()).toBe('done at 2')
    expect(seen).toMatchObject({
      type: 'change',
      op: 'update_chunk',
      chunk_id: chunk.id,
      revision: 2,
      actor: { kind: 'agent', id: 'drafter' },
    })
    expect(seen.actor.run_id).toMatch(/^r_/)

    expect(await ask('update_chunk', { id: chunk.id, revision: 1, body: 'mine' })).toEqual({
      status: 422,
      body: {
        code: 'tool_refused',
        error: 'update_chunk: revision conflict (you passed 1, current is 2)',
        tool: 'Document',
        reason: 'revision_conflict',
        current_revision: 2,
        chunk: expect.objectContaining({ body: 'A draft.', status: 'drafted', updated_by: seen.actor }),
      },
    })
    const { body: reverted } = await ask('revert_run', { run_id: seen.actor.run_id })
    expect(reverted).toMatchObject({ reverted: [{ id: chunk.id, how: 'restored' }], skipped: [] })
    expect((await frames.next()).value).toMatchObject({
      op: 'revert_run',
      revision: 3,
      actor: { kind: 'user', id: 'default' },
    })
    await frames.return(undefined)

    const resumed = framesOf(`${runtime.url}/v1/_document/changes`, { 'last-event-id': '1' })
    const ops = []
    for (let i = 0; i < 4; i++) ops.push((await resumed.next()).value)
    expect(ops.map(({ id, op }) => [id, op])).toEqual([
      [1, undefined],
      [2, 'create_chunk'],
      [3, 'update_chunk'],
      [4, 'revert_run'],
    ])
    await resumed.return(undefined)

    // Seen before a backup was restored, which the log ends with.
    const restored = framesOf(`${runtime.url}/v1/_document/changes?since=1000`)
    expect((await restored.next()).value).toMatchObject({ id: 4, type: 'ready' })
    await ask('update_chunk', { id: chunk.id, revision: 3, body: 'Later.' })
    expect((await restored.next()).value).toMatchObject({ id: 5, op: 'update_chunk' })
    await restored.return(undefined)

    const messages = await runtime.ctx.db.read
      .selectFrom('channel_messages')
      .selectAll()
      .where('channel', '=', `documents/${made.document_id}/chunks`)
      .execute()
    expect(messages.map(({ payload }) => JSON.parse(payload).op)).toEqual([
      'create_document',
      'create_chunk',
      'update_chunk',
      'revert_run',
      'update_chunk',
    ])
  })

  it('are asked in SQL, kept over a restart, and known by their paths', async () => {
    const runtime = await startRuntime()
    const ask = caller(runtime)
    await ask('define_type', { name: 'publication', fields: [{ name: 'date', kind: 'date' }] })
    const { body: made } = await ask('create_document', { title: 'Launch', path: '/docs/launch' })
    const publication = { document_id: made.document_id, type: 'publication', status: 'scheduled' }
    await ask('create_chunk', { ...publication, title: 'June', fields: { date: '2026-06-30' } })
    await ask('create_chunk', { ...publication, title: 'July', fields: { date: '2026-07-01' } })
    const sql = "SELECT * FROM chunks WHERE type='publication' AND status='scheduled' AND date <= '2026-06-30'"
    const again = await runtime.restart()
    const { status, body } = await caller(again)('query_chunks', { sql })
    expect(status).toBe(200)
    expect(body.rows.map((row: unknown[]) => row[body.columns.indexOf('title')])).toEqual(['June'])
    const response = await fetch(`${again.url}/v1/_path`, {
      method: 'POST',
      headers,
      body: '{"op":"ls","path":"/docs","scope":"user"}',
    })
    expect(await response.json()).toEqual({
      path: '/docs',
      entries: [
        {
          name: 'launch',
          kind: 'document',
          full_path: '/docs/launch',
          resource_ref: { document_id: made.document_id },
        },
      ],
    })
  })

  it('of somebody else are seen only by asking for them', async () => {
    const runtime = await startRuntime()
    const bobs = caller(runtime, '?scope_id=bob')
    const { body: made } = await bobs('create_document', { title: 'Bob’s' })
    expect((await bobs('get_document', { id: made.document_id })).body).toMatchObject({ title: 'Bob’s' })
    expect(await caller(runtime)('get_document', { id: made.document_id })).toMatchObject({ status: 422 })
    expect(await caller(runtime, '?scope_id=bob&tenant=acme')('get_document', { id: made.document_id })).toMatchObject({
      status: 422,
    })
    const input = { id: made.document_id, scope_id: 'bob', user_id: 'bob' }
    expect(await caller(runtime)('get_document', input)).toMatchObject({ status: 422 })
  })

  it('have images, which are served as nothing but images', async () => {
    const runtime = await startRuntime()
    const ask = caller(runtime)
    const { body: made } = await ask('create_document', { title: 'A' })
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(8 * 1024 * 1024 - 8, 7)])
    const { status } = await ask('set_asset', {
      id: made.root_chunk_id,
      media_type: 'image/png',
      data: png.toString('base64'),
    })
    expect(status).toBe(200)
    const response = await fetch(`${runtime.url}/v1/_document/asset/${made.root_chunk_id}?scope=user`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'cache-control': 'private, max-age=300',
      'x-content-type-options': 'nosniff',
    })
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true)
    for (const path of ['nope', `${made.root_chunk_id}?scope=agent`, `${made.root_chunk_id}?scope_id=bob`]) {
      const missing = await fetch(`${runtime.url}/v1/_document/asset/${path}`)
      expect([missing.status, await missing.text()]).toEqual([404, 'asset not found\n'])
    }
  })

  it('are changed once however often a request is sent with one key', async () => {
    const runtime = await startRuntime()
    const send = async (input: object, key: string) => {
      const more = { ...headers, 'idempotency-key': key }
      const response = await fetch(`${runtime.url}/v1/_document`, {
        method: 'POST',
        headers: more,
        body: JSON.stringify(input),
      })
      return { status: response.status, body: await response.json() }
    }
    const make = { op: 'create_document', title: 'A' }
    const [first, second] = await Promise.all([send(make, 'k1'), send(make, 'k1')])
    expect(second).toEqual(first)
    expect((await send({ ...make, title: 'B' }, 'k1')).body).toMatchObject({ code: 'idempotency_key_reused' })
    const update = { op: 'update_chunk', id: first.body.root_chunk_id, revision: 1, body: 'x' }
    expect(await send(update, 'k2')).toEqual(await send(update, 'k2'))
    expect((await send(update, 'k3')).body).toMatchObject({ reason: 'revision_conflict' })
    expect((await caller(runtime)('documents_summary')).body.documents).toHaveLength(1)
  })

  it('refuse in the usual ways', async () => {
    const runtime = await startRuntime()
    const send = async (body: string) => {
      const response = await fetch(`${runtime.url}/v1/_document`, { method: 'POST', headers, body })
      return [response.status, (await response.json()).code]
    }
    expect(await send('')).toEqual([400, 'invalid_body'])
    expect(await send('{')).toEqual([400, 'invalid_json'])
    expect(await send('{"op":"nope"}')).toEqual([422, 'tool_refused'])
    expect(await send('{"op":"get_chunk","id":"x"}')).toEqual([422, 'tool_refused'])
    const here = await fetch(`${runtime.url}/v1/_document/presence`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // All who have the document open would be told of it.
      body: JSON.stringify({ document_id: 'd', client_id: '1', chunk_id: 'x'.repeat(1_000_000) }),
    })
    expect(here.status).toBe(400)
    expect((await here.json()).error).toMatch(/^chunk_id must match pattern/)
    const bad = await fetch(`${runtime.url}/v1/_document/changes?since=x`)
    expect(bad.status).toBe(400)
    const worse = await fetch(`${runtime.url}/v1/_document/changes`, { headers: { 'last-event-id': 'x' } })
    expect(worse.status).toBe(400)
  })
})
