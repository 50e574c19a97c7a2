import { describe, expect, it } from 'vitest'
import { someDocuments } from './testing/some-documents.ts'

describe('a document', () => {
  it('has a root chunk of its title, and a name', async () => {
    const { ask } = await someDocuments()
    const made = await ask('create_document', {
      title: ' Launch\nplan ',
      path: '/docs/launch/',
      type: 'plan',
      tags: ['b', 'a'],
    })
    expect(made).toEqual({
      document_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      root_chunk_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      title: 'Launch plan',
      path: '/docs/launch',
    })
    expect(await ask('get_document', { path: '/docs/launch' })).toMatchObject({
      document_id: made.document_id,
      root_chunk_id: made.root_chunk_id,
      title: 'Launch plan',
      type: 'plan',
      tags: ['a', 'b'],
      paths: ['/docs/launch'],
      chunk_count: 1,
    })
    expect(await ask('get_chunk', { id: made.root_chunk_id })).toMatchObject({
      position: 0,
      revision: 1,
      body: '',
      title: 'Launch plan',
    })
    expect(await ask('get_chunk', { id: made.root_chunk_id })).not.toHaveProperty('parent_id')
  })

  it('gets a path of its own unless one is given, and never takes another’s', async () => {
    const { ask } = await someDocuments()
    const paths = []
    for (const title of ['Über uns!', 'über uns', '…']) paths.push((await ask('create_document', { title })).path)
    expect(paths).toEqual(['/documents/uber-uns', '/documents/uber-uns-2', '/documents/untitled'])
  })

  it('is made even where it cannot have the path, and says why', async () => {
    const { ask, path } = await someDocuments()
    await path('mkdir', { path: '/docs' })
    const taken = await ask('create_document', { title: 'A', path: '/docs' })
    expect(taken).toMatchObject({ path_warning: '/docs exists as a directory' })
    expect(taken).not.toHaveProperty('path')
    expect((await ask('create_document', { title: 'A', path: 'docs/../x' })).path_warning).toContain(
      'must start with /',
    )
    expect(await ask('get_document', { id: taken.document_id })).toMatchObject({ title: 'A', paths: [] })
  })

  it('can have more names; a name that is given again stands for the newer one', async () => {
    const { ask, path } = await someDocuments()
    const a = await ask('create_document', { title: 'A', path: '/a' })
    expect(await ask('set_path', { id: a.document_id, path: '/x//y/' })).toEqual({
      document_id: a.document_id,
      path: '/x/y',
    })
    expect((await ask('get_document', { id: a.document_id })).paths).toEqual(['/a', '/x/y'])
    const b = await ask('create_document', { title: 'B', path: '/a' })
    expect((await ask('get_document', { path: '/a' })).document_id).toBe(b.document_id)
    expect((await path('resolve', { path: '/x/y' })).resource_ref).toEqual({ document_id: a.document_id })
  })

  it('goes with its chunks, edges and names, and is gone a second time as well', async () => {
    const { ask, plan, refusal, path } = await someDocuments()
    const { document_id, ids } = await plan('A', 'B')
    const other = await plan('C')
    await ask('link_chunks', { from_id: other.ids[0], to_id: ids[0], kind: 'needs' })
    expect(await ask('delete_document', { path: '/documents/plan' })).toEqual({
      deleted: true,
      document_id,
      n_chunks_deleted: 3,
    })
    expect(await ask('delete_document', { id: document_id })).toEqual({
      deleted: true,
      document_id,
      n_chunks_deleted: 0,
    })
    expect((await refusal('get_document', { id: document_id })).message).toBe(
      `get_document: no such document: ${document_id}`,
    )
    expect((await refusal('get_chunk', { id: ids[0] })).message).toBe(`get_chunk: no such chunk: ${ids[0]}`)
    expect(await ask('get_edges', { document_id: other.document_id })).toEqual({ edges: [] })
    expect(await path('ls', { path: '/documents' })).toMatchObject({ entries: [{ name: 'plan-2' }] })
  })

  it('is found by what its root is, by tag and below a path', async () => {
    const { ask } = await someDocuments()
    const a = await ask('create_document', { title: 'A', path: '/docs/a', type: 'plan', status: 'open' })
    const b = await ask('create_document', { title: 'B', path: '/docs/b', type: 'note', tags: ['x'] })
    await ask('create_document', { title: 'C', path: '/other', type: 'plan' })
    const found = async (query: object) =>
      (await ask('query_documents', { ...query })).documents.map(({ title }: { title: string }) => title)
    expect(await found({})).toEqual(['C', 'B', 'A'])
    expect(await found({ type: 'plan', under_path: '/docs' })).toEqual(['A'])
    expect(await found({ tag: 'x' })).toEqual(['B'])
    expect(await found({ status: 'open' })).toEqual(['A'])
    expect(await found({ limit: 1 })).toEqual(['C'])
    expect(await found({ text: ' b' })).toEqual(['B'])
    expect(await found({ text: 'DOCS/' })).toEqual(['B', 'A'])
    expect(await found({ text: '/docs/a', under_path: '/docs' })).toEqual(['A'])
    expect(await found({ text: 'nowhere' })).toEqual([])
    expect((await ask('query_documents', { text: 'c' })).documents[0].paths).toEqual(['/other'])
    const summary = await ask('documents_summary', { document_ids: [a.document_id, b.document_id, 'nope'] })
    expect(summary.documents).toEqual([
      { document_id: b.document_id, title: 'B', color_enabled: false, root_chunk_id: b.root_chunk_id, type: 'note' },
      {
        document_id: a.document_id,
        title: 'A',
        color_enabled: false,
        root_chunk_id: a.root_chunk_id,
        type: 'plan',
        status: 'open',
      },
    ])
  })

  it('exists for nobody else', async () => {
    const { plan, asAgent, asPerson } = await someDocuments()
    const { document_id, ids } = await plan('A')
    for (const other of [asPerson('bob'), asPerson('ada', 'other'), asAgent('r_1', { userId: 'bob' })]) {
      expect((await other.refusal('get_document', { id: document_id })).message).toContain('no such document')
      expect((await other.refusal('get_chunk', { id: ids[0] })).message).toContain('no such chunk')
      expect((await other.refusal('update_chunk', { id: ids[0], revision: 1, title: 'x' })).message).toContain(
        'no such chunk',
      )
      expect((await other.refusal('create_chunk', { document_id, title: 'x' })).message).toContain('no such document')
      expect((await other.refusal('export_md', { document_id })).message).toContain('no such document')
      expect((await other.refusal('get_edges', { document_id })).message).toContain('no such document')
      expect(await other.ask('query_chunks', {})).toEqual({ chunks: [], seq: 0 })
      expect(await other.ask('search', { query: 'A' })).toEqual({ chunks: [] })
      expect(await other.ask('delete_document', { id: document_id })).toMatchObject({ n_chunks_deleted: 0 })
      expect(await other.ask('changes', {})).toEqual({ changes: [], head: 0, truncated: false })
    }
    const agent = asAgent()
    expect(await agent.ask('get_chunk', { id: ids[0] })).toMatchObject({ title: 'A' })
    expect((await agent.refusal('get_chunk', { id: ids[0], scope: 'agent' })).message).toContain('no such chunk')
    expect((await agent.refusal('get_chunk', { id: ids[0], scope: 'tenant' })).message).toContain('no such chunk')
  })
})

describe('a chunk', () => {
  it('comes last among its siblings, beside the root where no parent is said', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id, root_chunk_id } = await plan()
    const a = await ask('create_chunk', { document_id, title: 'A' })
    expect(a).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      document_id,
      position: 1,
      title: 'A',
      revision: 1,
      body: '',
      created_at: expect.any(String),
      updated_at: expect.any(String),
      updated_by: { kind: 'user', id: 'ada' },
    })
    const full = {
      title: 'B',
      type: 'task',
      status: 'todo',
      body: '**b**',
      fields: { n: 1 },
      tags: ['x'],
      parent_id: root_chunk_id,
    }
    const b = await ask('create_chunk', { document_id, ...full })
    expect(b).toMatchObject({ ...full, position: 0 })
    expect(await ask('get_chunk', { id: b.id })).toEqual(b)
  })

  it('is changed in what is given, and the empty text clears', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id, root_chunk_id } = await plan()
    const { id } = await ask('create_chunk', {
      document_id,
      title: 'A',
      type: 'task',
      status: 'todo',
      body: 'b',
      fields: { a: 1, b: 2 },
    })
    expect(await ask('update_chunk', { id, revision: 1, status: '' })).toMatchObject({
      revision: 2,
      title: 'A',
      type: 'task',
      body: 'b',
    })
    expect(await ask('get_chunk', { id })).not.toHaveProperty('status')
    expect(await ask('update_chunk', { id, revision: 2, fields: { c: 3 } })).toMatchObject({
      revision: 3,
      fields: { c: 3 },
    })
    const patched = await ask('update_chunk', { id, revision: 3, set_fields: { d: 4, c: null } })
    expect(patched.fields).toEqual({ d: 4 })
    expect(await ask('update_chunk', { id: root_chunk_id, revision: 1, title: 'New' })).toMatchObject({ title: 'New' })
    expect(await ask('get_document', { id: document_id })).toMatchObject({ title: 'New' })
  })

  it('changes content and place in one step, or not at all', async () => {
    const { ask, plan, titlesUnder, refusal } = await someDocuments()
    const { root_chunk_id, ids } = await plan('A', 'B', 'C', 'D')
    const changed = await ask('update_chunk', {
      id: ids[3],
      revision: 1,
      status: 'done',
      after_id: ids[0],
      set_fields: { x: 1 },
    })
    expect(changed).toMatchObject({ revision: 2, status: 'done', fields: { x: 1 } })
    expect(await titlesUnder(root_chunk_id)).toEqual(['A', 'D', 'B', 'C'])
    await refusal('update_chunk', { id: ids[3], revision: 2, status: 'todo', parent_id: 'nope' })
    expect(await ask('get_chunk', { id: ids[3] })).toEqual(changed)
    expect(await ask('update_chunk', { id: ids[3], revision: 2, parent_id: ids[1] })).toMatchObject({
      parent_id: ids[1],
      position: 0,
    })
  })

  it('is not overwritten by who has not read it as it is', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { ids } = await plan('A')
    const [id] = ids
    const current = await ask('update_chunk', { id, revision: 1, body: 'first' })
    for (const [op, input] of [
      ['update_chunk', { body: 'second' }],
      ['move_chunk', { new_parent_id: '' }],
      ['reorder_chunk', { direction: 'up' }],
      ['delete_chunk', {}],
    ] as const) {
      expect(await refusal(op, { id, revision: 1, ...input })).toMatchObject({
        code: 'tool_refused',
        message: `${op}: revision conflict (you passed 1, current is 2)`,
        fields: { tool: 'Document', reason: 'revision_conflict', current_revision: 2, chunk: current },
      })
    }
    expect((await refusal('update_chunk', { id, body: 'x' })).message).toBe(
      'update_chunk: missing required field: revision',
    )
    expect(await ask('get_chunk', { id })).toEqual(current)
  })

  it('is moved without a new revision, as far as a tree goes', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A', 'B')
    const other = await plan('X')
    const { id: deep } = await ask('create_chunk', { document_id, title: 'deep', parent_id: ids[0] })
    expect(await ask('move_chunk', { id: ids[1], new_parent_id: deep })).toEqual({
      ok: true,
      id: ids[1],
      new_parent_id: deep,
      position: 0,
    })
    expect(await ask('get_chunk', { id: ids[1] })).toMatchObject({ revision: 1, parent_id: deep })
    expect(await ask('move_chunk', { id: ids[1] })).toEqual({ ok: true, id: ids[1], new_parent_id: '', position: 1 })
    const reasons = async (input: object) => (await refusal('move_chunk', { id: ids[0], ...input })).message
    expect(await reasons({ new_parent_id: ids[0] })).toContain('its own parent')
    expect(await reasons({ new_parent_id: deep })).toContain('would make a cycle')
    expect(await reasons({ new_parent_id: 'nope' })).toContain('no such parent chunk: nope')
    expect(await reasons({ new_parent_id: other.ids[0] })).toContain('is in another document')
    expect(await reasons({ after_id: other.ids[0] })).toContain('is in another document')
    expect(await reasons({ after_id: ids[0] })).toContain('its own sibling')
    expect(await reasons({ after_id: deep, position: 1 })).toContain('pass one of position, after_id and before_id')
    expect(await reasons({ after_id: ids[1], new_parent_id: root_chunk_id })).toContain('is not under')
    expect((await refusal('move_chunk', { id: root_chunk_id, new_parent_id: deep })).message).toContain(
      'the root chunk cannot be moved',
    )
    expect((await refusal('create_chunk', { document_id, title: 'x', parent_id: other.ids[0] })).message).toContain(
      'in another document',
    )
  })

  it('moves one place up or down, and no further than to the end', async () => {
    const { ask, plan, titlesUnder } = await someDocuments()
    const { root_chunk_id, ids } = await plan('A', 'B', 'C')
    expect(await ask('reorder_chunk', { id: ids[2], direction: 'up' })).toEqual({
      reordered: true,
      id: ids[2],
      direction: 'up',
    })
    expect(await titlesUnder(root_chunk_id)).toEqual(['A', 'C', 'B'])
    expect(await ask('reorder_chunk', { id: ids[0], direction: 'up' })).toEqual({ reordered: false, id: ids[0] })
    await ask('reorder_chunk', { id: ids[0], direction: 'down' })
    expect(await titlesUnder(root_chunk_id)).toEqual(['C', 'A', 'B'])
    expect(await ask('reorder_chunk', { id: root_chunk_id, direction: 'down' })).toMatchObject({ reordered: false })
  })

  it('goes with everything under it, unless it is the root', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A', 'B')
    const { id } = await ask('create_chunk', { document_id, title: 'a', parent_id: ids[0], body: '[[B]]' })
    await ask('create_chunk', { document_id, title: 'aa', parent_id: id })
    expect(await ask('delete_chunk', { id: ids[0] })).toEqual({ deleted: true, cascade_deleted_descendants: 2 })
    expect(await ask('get_edges', { document_id })).toEqual({ edges: [] })
    expect(await ask('search', { query: 'aa' })).toEqual({ chunks: [] })
    expect((await refusal('delete_chunk', { id: root_chunk_id })).message).toContain('root chunk')
    expect((await refusal('delete_chunk', { id: ids[0] })).message).toContain('no such chunk')
  })

  it('is made or changed by its natural key', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id, root_chunk_id } = await plan()
    const input = { document_id, natural_key: 'day-1', title: 'Day one', parent_id: root_chunk_id }
    const made = await ask('upsert_chunk', { ...input, body: 'draft' })
    expect(made).toMatchObject({ natural_key: 'day-1', created: true, revision: 1 })
    expect(await ask('upsert_chunk', { ...input, status: 'done' })).toEqual({ ...made, created: false, revision: 2 })
    expect(await ask('get_chunk', { id: made.id })).toMatchObject({
      body: 'draft',
      status: 'done',
      natural_key: 'day-1',
    })
    const other = await plan()
    expect(
      await ask('upsert_chunk', { ...input, document_id: other.document_id, parent_id: other.root_chunk_id }),
    ).toMatchObject({ created: true })
  })

  it('refuses what is not so, in words', async () => {
    const { plan, refusal } = await someDocuments()
    const { document_id, ids } = await plan('A')
    const reason = async (op: string, input: object) => (await refusal(op, { ...input })).message
    expect(await reason('create_chunk', { document_id })).toBe('create_chunk: title is missing')
    expect(await reason('create_chunk', { document_id, title: 1 })).toBe('create_chunk: title must be text')
    expect(await reason('update_chunk', { id: ids[0], revision: 'x' })).toBe(
      'update_chunk: revision must be a whole number',
    )
    expect(await reason('get_document', {})).toBe('get_document: missing required field: id or path')
    expect(await reason('get_document', { path: '/nope' })).toBe('get_document: no such path: /nope')
    expect(await reason('get_document', { path: '/documents' })).toBe(
      'get_document: /documents is a directory, not a document',
    )
    expect(await reason('query_chunks', { limit: -1 })).toContain('limit must be at least 1')
  })
})

describe('tags', () => {
  it('come and go on chunks and documents, and are counted', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A', 'B')
    expect(await ask('add_tags', { id: ids[0], tags: ['x', ' y ', 'x'] })).toEqual({
      chunk_id: ids[0],
      tags: ['x', 'y'],
    })
    expect(await ask('add_tags', { document_id, tags: ['x'] })).toEqual({ document_id, tags: ['x'] })
    const { seq } = await ask('get_document', { id: document_id })
    // Of what is so already nobody need hear.
    await ask('add_tags', { id: ids[0], tags: ['x'] })
    expect(await ask('get_document', { id: document_id })).toMatchObject({ seq })
    expect(await ask('get_chunk', { id: root_chunk_id })).toMatchObject({ tags: ['x'], revision: 1 })
    expect(await ask('list_tags', {})).toEqual({
      tags: [
        { tag: 'x', count: 2 },
        { tag: 'y', count: 1 },
      ],
    })
    expect(await ask('list_tags', { id: root_chunk_id })).toEqual({ tags: [{ tag: 'x', count: 1 }] })
    expect(await ask('remove_tags', { id: ids[0], tags: ['x', 'nope'] })).toEqual({ chunk_id: ids[0], tags: ['y'] })
    expect((await ask('query_chunks', { tag: 'y' })).chunks).toMatchObject([{ id: ids[0] }])
    expect((await ask('query_chunks', { tag_prefix: 'x' })).chunks).toMatchObject([{ id: root_chunk_id }])
    expect((await refusal('add_tags', { tags: ['x'] })).message).toContain('id or document_id')
  })
})

it('tags are changed with the rest of a chunk, and keep those that somebody has put there meanwhile', async () => {
  const { ask, plan, refusal } = await someDocuments()
  const { ids } = await plan('A')
  const [id] = ids
  await ask('update_chunk', { id, revision: 1, tags: ['a', 'b'] })
  await ask('add_tags', { id, tags: ['theirs'] })
  const mine = { id, revision: 2, status: 'done', add_tags: [' mine '], remove_tags: ['a', 'nope'] }
  expect(await ask('update_chunk', mine)).toMatchObject({ revision: 3, status: 'done', tags: ['b', 'mine', 'theirs'] })
  expect(await ask('update_chunk', { id, revision: 3, remove_tags: ['b', 'mine', 'theirs'] })).not.toHaveProperty(
    'tags',
  )
  const both = await refusal('update_chunk', { id, revision: 4, tags: ['x'], add_tags: ['y'] })
  expect(both.message).toContain('pass tags, or add_tags and remove_tags')
})
