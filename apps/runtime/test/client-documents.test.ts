import { SubstrateToolRefusedError } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { clientOf, converse } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const png = Buffer.from('89504e470d0a1a0a00', 'hex')

/** Every step is a request to a whole runtime, and some start processes. */
const long = { timeout: 60_000 }

describe('documents and paths, by the client', long, () => {
  it('are written, found and taken back', async () => {
    const client = clientOf(await startRuntime())
    const made = await client.document({ op: 'create_document', title: 'Launch', path: '/docs/launch' })
    const { document_id } = made
    const chunk = await client.document({ op: 'create_chunk', document_id, title: 'Post', status: 'todo', tags: ['x'] })
    const changed = await client.document({
      op: 'update_chunk',
      id: chunk.id,
      revision: chunk.revision,
      status: 'done',
      body: 'About the launch.',
    })
    expect(changed).toMatchObject({ revision: 2, status: 'done' })
    await expect(
      client.document({ op: 'update_chunk', id: chunk.id, revision: 1, status: 'late' }),
    ).rejects.toMatchObject({ name: 'RevisionConflictError', tool: 'Document', code: 'tool_refused' })
    expect((await client.document({ op: 'search', query: 'launch' })).chunks[0]).toMatchObject({ title: 'Launch' })
    expect((await client.document({ op: 'query_chunks', status: 'done', tag: 'x' })).chunks).toHaveLength(1)
    const sql = "select title from chunks where status = 'done'"
    expect(await client.document({ op: 'query_chunks', sql })).toMatchObject({ columns: ['title'], rows: [['Post']] })
    expect((await client.document({ op: 'export_md', document_id })).markdown).toContain('About the launch.')
    const { revisions } = await client.document({ op: 'history', id: chunk.id })
    expect(revisions.map(({ revision }) => revision)).toEqual([2, 1])
    expect(await client.document({ op: 'delete_document', id: document_id })).toMatchObject({ n_chunks_deleted: 2 })
  })

  it('have names in a tree, which are made, moved and removed', async () => {
    const client = clientOf(await startRuntime())
    const made = await client.document({ op: 'create_document', title: 'Launch', path: '/docs/launch' })
    const { document_id } = made
    const user = { scope: 'user' } as const
    await client.path({ op: 'mkdir', ...user, path: '/archive' })
    await client.path({ op: 'mv', ...user, path: '/docs', to: '/archive/docs' })
    expect((await client.path({ op: 'ls', ...user, path: '/archive/docs' })).entries).toMatchObject([
      { kind: 'document', resource_ref: { document_id } },
    ])
    expect(await client.path({ op: 'stat', ...user, path: '/archive/docs/launch' })).toMatchObject({ kind: 'document' })
    expect(await client.path({ op: 'resolve', ...user, path: '/archive' })).toMatchObject({ kind: 'directory' })
    const other = await client.path({ op: 'ls', ...user, path: '/' }, { scopeId: 'bob' })
    expect(other.entries).toEqual([])
    await client.path({ op: 'rm', ...user, path: '/archive', recursive: true })
    await expect(client.path({ op: 'resolve', ...user, path: '/archive' })).rejects.toMatchObject({
      tool: 'Path',
      code: 'tool_refused',
    })
  })

  it('have images, and tell who follows them what is done', async () => {
    const runtime = await startRuntime()
    const client = clientOf(runtime)
    const { document_id, root_chunk_id: id } = await client.document({ op: 'create_document', title: 'Pictures' })
    const changes = client.documentChanges({ documentId: document_id, since: 0 })[Symbol.asyncIterator]()
    expect((await changes.next()).value).toMatchObject({ op: 'create_document' })
    await client.document({ op: 'set_asset', id, media_type: 'image/png', data: png.toString('base64') })
    expect((await changes.next()).value).toMatchObject({ op: 'set_asset', chunk_id: id, revision: 2 })
    await changes.return?.()
    const response = await client.fetchDocumentAsset(id)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png)
    expect((await fetch(client.documentAssetUrl(id))).status).toBe(200)
    await expect(client.fetchDocumentAsset('nothing')).rejects.toThrow('404')
  })
})

describe('conversations, by the client', long, () => {
  it('are listed, named, marked, searched and put away', async () => {
    const client = clientOf(await startRuntime({ models: { model: () => ({ text: 'An answer about gardens.' }) } }))
    const talk = converse(client, 'model', 'Tell me of gardens')
    await talk.until('awaiting_input')
    const session_id = talk.session.sessionId
    const renamed = await client.history({ op: 'rename', session_id, title: 'Gardens' })
    expect(renamed.chat).toMatchObject({ session_id, title: 'Gardens' })
    await client.history({ op: 'pin', session_id, pinned: true })
    await client.history({ op: 'annotate', session_id, description: 'Green.', tags: ['g'] })
    expect(await client.history({ op: 'list', tag: 'g', pinned_only: true })).toMatchObject({
      total: 1,
      chats: [{ session_id, description: 'Green.', pinned: true }],
    })
    expect(await client.history({ op: 'search', query: 'gardens' })).toMatchObject({ total: 1 })
    const { transcript } = await client.history({ op: 'get', session_id })
    expect(transcript?.map(({ type }) => type)).toContain('text')
    expect((await client.history({ op: 'resume', session_id })).resume).toMatchObject({ session_id, agent: 'model' })
    expect(await client.history({ op: 'related', session_id })).toMatchObject({ count: 0 })
    expect((await client.history({ op: 'recap', session_id })).summary).toContain('gardens')
    await client.history({ op: 'archive', session_id, archived: true })
    expect(await client.history({ op: 'list' })).toMatchObject({ total: 0 })
    for (const refused of [
      () => client.history({ op: 'get', session_id: 's_0' }),
      () => client.history({ op: 'rename', session_id: 's_0', title: 'x' }),
      () => client.history({ op: 'list', scope: 'everything' } as never),
    ]) {
      await expect(refused()).rejects.toBeInstanceOf(SubstrateToolRefusedError)
    }
  })
})
