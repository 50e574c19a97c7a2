import { pages } from '@loomcycle/client'
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
      expect(await other.ask('query_chunks', {})).toEqual({ chunks: [] })
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

describe('edges', () => {
  it('are drawn once, and taken away once', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, ids } = await plan('A', 'B')
    const edge = { from_id: ids[0], to_id: ids[1], kind: 'implements' }
    expect(await ask('link_chunks', edge)).toEqual({ ok: true, ...edge })
    expect(await ask('link_chunks', edge)).toEqual({ ok: true, ...edge })
    expect(await ask('get_edges', { document_id })).toEqual({
      edges: [
        {
          ...edge,
          auto: false,
          from_title: 'A',
          to_title: 'B',
          from_document_id: document_id,
          to_document_id: document_id,
        },
      ],
    })
    expect((await ask('get_edges', { id: ids[1] })).edges).toMatchObject([edge])
    expect((await refusal('get_edges', { id: 'nope' })).message).toContain('no such chunk: nope')
    expect((await refusal('get_edges')).message).toContain('missing required field: document_id, or id of a chunk')
    expect((await ask('changes', {})).changes.filter(({ op }: { op: string }) => op === 'link_chunks')).toMatchObject([
      { chunk_id: ids[0], to_id: ids[1], kind: 'implements' },
    ])
    expect(await ask('unlink_chunks', edge)).toEqual({ removed: true })
    expect(await ask('unlink_chunks', edge)).toEqual({ removed: false })
    expect((await refusal('link_chunks', { ...edge, to_id: 'nope' })).message).toContain('no such chunk: nope')
  })

  it('are read a page at a time, each of them once, whatever is moved meanwhile', async () => {
    const { ask, plan, refusal, db } = await someDocuments()
    const hub = await plan('Hub', 'B')
    const other = await plan('C')
    const [id] = hub.ids
    await ask('import_md', {
      document_id: hub.document_id,
      markdown: `# Many\n${'\n## L\n\n[[Hub]] and [[B]]\n'.repeat(450)}`,
    })
    for (const to_id of [id, ...other.ids]) await ask('link_chunks', { from_id: other.ids[0], to_id, kind: 'needs' })
    for (const to_id of [id, hub.ids[1]]) await ask('link_chunks', { from_id: id, to_id, kind: 'needs' })
    const { chunks } = await ask('query_chunks', { document_id: hub.document_id, limit: 1000 })
    const read = async (
      input: { document_id?: string; id?: string; limit: number },
      between = async (_: number) => {},
    ) => {
      const found: string[] = []
      let n = 0
      for await (const { edges } of pages((page) => ask('get_edges', { ...input, ...page }))) {
        expect(edges.length).toBeLessThanOrEqual(input.limit)
        for (const { from_id, to_id, kind } of edges) found.push(`${from_id} ${to_id} ${kind}`)
        await between(n++)
      }
      return found
    }
    const stored = async (where: string) =>
      (
        await db.all<{ edge: string }>(
          `select from_id || ' ' || to_id || ' ' || kind as edge from chunk_edges
        where ${where} order by edge`,
          [],
        )
      ).map(({ edge }) => edge)
    const inHub = `(select id from chunks where document_id = '${hub.document_id}')`
    const ofDocument = await stored(`from_id in ${inHub} or to_id in ${inHub}`)
    expect(ofDocument).toHaveLength(903)
    const input = { document_id: hub.document_id }
    expect(await read({ ...input, limit: 1000 })).toEqual(ofDocument)
    const moving = async (n: number) =>
      void (await ask('move_chunk', {
        id: chunks[((n * 37) % 400) + 3].id,
        new_parent_id: hub.root_chunk_id,
        position: 0,
      }))
    expect((await read({ ...input, limit: 50 }, moving)).sort()).toEqual(ofDocument)
    const ofHub = await stored(`from_id = '${id}' or to_id = '${id}'`)
    expect((await read({ id, limit: 20 })).sort()).toEqual(ofHub)
    expect((await read({ id, limit: 1 })).sort()).toEqual(ofHub)
    const { next_cursor: cursor } = await ask('get_edges', { id, limit: 1 })
    expect((await refusal('get_edges', { ...input, cursor })).code).toBe('invalid_cursor')
  })

  it('follow the links in bodies: made, renamed, deleted, and found when their target comes', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A', 'B')
    const targets = async () =>
      (await ask('get_edges', { document_id })).edges.map(({ to_title }: { to_title: string }) => to_title)
    await ask('update_chunk', {
      id: ids[0],
      revision: 1,
      body: `see [[ b ]], [[Later|that]], [[${root_chunk_id}]], [[A]]`,
    })
    expect((await targets()).sort()).toEqual(['B', 'Plan'])
    const { id } = await ask('create_chunk', { document_id, title: 'later' })
    expect((await targets()).sort()).toEqual(['B', 'Plan', 'later'])
    await ask('update_chunk', { id, revision: 1, title: 'Sooner' })
    expect((await targets()).sort()).toEqual(['B', 'Plan'])
    await ask('update_chunk', { id, revision: 2, title: 'LATER' })
    expect(await ask('backlinks', { id })).toEqual({
      backlinks: [{ from_id: ids[0], kind: 'references', auto: true, from_title: 'A', from_document_id: document_id }],
    })
    expect((await refusal('unlink_chunks', { from_id: ids[0], to_id: id, kind: 'references' })).message).toContain(
      'edit the body',
    )
    await ask('update_chunk', { id: ids[0], revision: 2, body: 'no links' })
    expect(await targets()).toEqual([])
  })

  it('lead to a chunk of the same document before one elsewhere', async () => {
    const { ask, plan } = await someDocuments()
    await plan('Same')
    const { ids, document_id } = await plan('Same', 'From')
    await ask('update_chunk', { id: ids[1], revision: 1, body: '[[same]]' })
    expect((await ask('get_edges', { document_id })).edges).toMatchObject([{ to_id: ids[0] }])
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

describe('typed fields', () => {
  it('hold what their type declares, in the document or everywhere', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    const fields = [
      'note',
      { name: 'n', kind: 'number' },
      { name: 'date', kind: 'date', required: true },
      { name: 'platform', type: 'enum', options: ['blog', { value: 'hn', color: 'orange' }] },
      { name: 'who', kind: 'person' },
      { name: 'link', kind: 'url' },
      { name: 'done', kind: 'boolean' },
    ]
    expect(await ask('define_type', { name: 'publication', fields })).toEqual({
      ok: true,
      name: 'publication',
      document_id: '',
    })
    expect(await ask('list_types', {})).toEqual({
      types: [
        {
          name: 'publication',
          document_id: '',
          fields,
          field_specs: [
            { name: 'note', kind: 'text', required: false },
            { name: 'n', kind: 'number', required: false },
            { name: 'date', kind: 'date', required: true },
            { name: 'platform', kind: 'select', required: false, options: ['blog', 'hn'] },
            { name: 'who', kind: 'person', required: false },
            { name: 'link', kind: 'url', required: false },
            { name: 'done', kind: 'checkbox', required: false },
          ],
        },
      ],
    })
    const good = {
      date: '2026-06-30',
      n: 1.5,
      platform: 'hn',
      who: 'ada',
      link: 'https://x.org/y',
      done: false,
      note: 't',
      free: [1],
    }
    const { id } = await ask('create_chunk', { document_id, title: 'A', type: 'publication', fields: good })
    const wrong: Array<[string, unknown, string]> = [
      ['n', '1', 'a number'],
      ['date', '2026-02-30', 'a date'],
      ['date', '30.6.2026', 'a date'],
      ['platform', 'x', 'one of blog, hn'],
      ['who', ' ', 'the name of a person'],
      ['link', 'javascript:alert(1)', 'a URL'],
      ['done', 'yes', 'true or false'],
      ['note', 5, 'text'],
    ]
    for (const [name, value, must] of wrong) {
      const { message } = await refusal('update_chunk', { id, revision: 1, set_fields: { [name]: value } })
      expect(message).toContain(`the field "${name}" of type publication must be ${must}`)
    }
    expect((await refusal('update_chunk', { id, revision: 1, fields: {} })).message).toContain(
      '"date" of type publication is required',
    )
    expect(
      (await refusal('upsert_chunk', { document_id, natural_key: 'k', title: 'B', type: 'publication' })).message,
    ).toContain('is required')
    expect(
      (await refusal('import_md', { markdown: '# A\n<!-- loom: {"type":"publication"} -->\n' })).message,
    ).toContain('is required')
    await ask('define_type', { name: 'publication', document_id, fields: { date: 'text' } })
    expect(await ask('update_chunk', { id, revision: 1, fields: { date: 'soon' } })).toMatchObject({
      fields: { date: 'soon' },
    })
    expect((await ask('list_types', { document_id })).types).toHaveLength(2)
  })

  it('are refused where they are more than a type, with how many there may be', async () => {
    const { ask, refusal } = await someDocuments()
    const refused = async (fields: unknown) => (await refusal('define_type', { name: 't', fields })).message
    const names = (count: number) => Array.from({ length: count }, (_, i) => `f${i}`)
    const select = (options: string[]) => [{ name: 'a', kind: 'select', options }]
    expect(await refused(names(501))).toBe('define_type: these would be 501 fields of a type, and there may be 500')
    expect(await refused(Object.fromEntries(names(501).map((name) => [name, 'text'])))).toContain('501 fields')
    expect(await refused(names(501).map((_, i) => i))).toContain('501 fields')
    expect(await refused(['n'.repeat(201)])).toContain('201 characters in the name of a field, and there may be 200')
    expect(await refused(select(names(501)))).toContain('501 options of the field "a", and there may be 500')
    expect(await refused(select(['o'.repeat(201)]))).toContain('201 characters in an option of the field "a"')
    expect(await refused({ elsewhere: 'x'.repeat(65_536) })).toContain('there may be 65536')
    await ask('define_type', { name: 't', fields: [...names(499), ...select(names(500))] })
    expect((await ask('list_types', {})).types[0].field_specs).toHaveLength(500)
  })

  it('are of no more types than there may be, in a document and everywhere', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    for (let n = 0; n < 200; n++) await ask('define_type', { name: `t${n}` })
    expect((await refusal('define_type', { name: 'one more' })).message).toContain('201 types')
    await ask('define_type', { name: 't7', fields: ['again'] })
    await ask('define_type', { name: 'one more', document_id })
  })

  it('are read as an earlier version stored them, however many, and refusals name some', async () => {
    const { db, ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    await ask('define_type', { name: 't', fields: ['a'] })
    const options = Array.from({ length: 40_000 }, (_, i) => `option ${i} ${'x'.repeat(200)}`)
    const many = Array.from({ length: 40_000 }, (_, i) => ({ name: `f${i}`, kind: 'number' }))
    const stored = [...many, { name: 'choice', kind: 'select', options }]
    await db.write([{ sql: 'update chunk_types set fields = ?', parameters: [JSON.stringify(stored)] }])
    const card = { document_id, title: 'A', type: 't' }
    const { message } = await refusal('create_chunk', { ...card, fields: { choice: 'none' } })
    expect(message).toContain('must be one of option 0 x')
    expect(message).toContain('and 39980 more')
    expect(message.length).toBeLessThan(3_000)
    await ask('create_chunk', { ...card, fields: { choice: options.at(-1), f39999: 1 } })
    expect((await refusal('create_chunk', { ...card, fields: { f39999: 'x' } })).message).toContain('must be a number')
  })

  it('are listed a page at a time, by name, and a page is not long', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { document_id } = await plan()
    const { document_id: other } = await ask('create_document', { title: 'Other' })
    for (let n = 0; n < 30; n++) {
      await ask('define_type', { name: `t${n}`, fields: { note: 'x'.repeat(65_000) } })
      await ask('define_type', { name: `t${n}`, document_id })
      await ask('define_type', { name: `t${n}`, document_id: other })
    }
    const read = async (input: object) => {
      const found: Array<{ name: string; document_id: string }> = []
      const lengths: number[] = []
      for await (const page of pages((cursor) => ask('list_types', { ...input, ...cursor }))) {
        found.push(...page.types)
        lengths.push(JSON.stringify(page).length)
      }
      return { found: found.map(({ name, document_id }) => `${name} ${document_id}`), lengths }
    }
    const names = Array.from({ length: 30 }, (_, n) => `t${n}`).sort()
    const of = (documents: string[]) => names.flatMap((name) => documents.sort().map((id) => `${name} ${id}`))
    const all = await read({})
    expect(all.found).toEqual(of(['', document_id, other]))
    expect(all.lengths).toHaveLength(2)
    expect(Math.max(...all.lengths)).toBeLessThan(1024 * 1024 + 20_000)
    expect((await read({ document_id, limit: 7 })).found).toEqual(of(['', document_id]))
    expect((await read({ document_id, limit: 1 })).lengths).toHaveLength(60)
    const { next_cursor: cursor } = await ask('list_types', { limit: 1 })
    expect((await refusal('list_types', { cursor, document_id })).code).toBe('invalid_cursor')
  })

  it('may be declared in other ways, and are not checked then', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const unchecked = async (fields: unknown) => (await ask('define_type', { name: 't', fields })).unchecked
    expect(await unchecked([{ kind: 'date' }])).toEqual([expect.stringContaining('every field needs a name')])
    expect(await unchecked([{ name: 'a', kind: 'colour' }])).toEqual([
      expect.stringContaining('those that are checked are text, number, date, select, person, url, checkbox'),
    ])
    expect(await unchecked([{ name: 'a', kind: 'select' }])).toEqual([expect.stringContaining('needs options')])
    expect(await unchecked(['a', { name: 'a', kind: 'date' }])).toEqual([expect.stringContaining('declared twice')])
    expect(await unchecked('anything')).toHaveLength(1)
    const map = { n: 'number', hue: { kind: 'colour' } }
    expect(await unchecked(map)).toHaveLength(1)
    expect((await ask('list_types', {})).types).toEqual([
      { name: 't', document_id: '', fields: map, field_specs: [{ name: 'n', kind: 'number', required: false }] },
    ])
    const { document_id } = await plan()
    const card = { document_id, title: 'A', type: 't' }
    expect((await refusal('create_chunk', { ...card, fields: { n: 'x' } })).message).toContain('must be a number')
    await ask('create_chunk', { ...card, fields: { n: 1, hue: 7 } })
    expect((await refusal('define_type', { name: 't', document_id: 'nope' })).message).toContain('no such document')
  })
})
