import { describe, expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'

describe('history', () => {
  it('keeps every revision, who made it and what it changed', async () => {
    const { ask, plan, asAgent, refusal } = await someDocuments()
    const { ids } = await plan('A', 'B')
    const id = ids[0]!
    await ask('update_chunk', { id, revision: 1, body: 'one\ntwo\nthree\n' })
    await ask('add_tags', { id, tags: ['x'] })
    await asAgent('r_7').ask('update_chunk', {
      id,
      revision: 2,
      body: 'one\n2\nthree\n',
      status: 'done',
      fields: { a: 1 },
    })
    await ask('move_chunk', { id, new_parent_id: ids[1] })
    expect((await ask('history', { id })).revisions).toEqual([
      {
        revision: 3,
        created_at: expect.any(Number),
        at: expect.any(String),
        actor: 'writer',
        actor_ref: { kind: 'agent', id: 'writer', run_id: 'r_7' },
        op: 'update_chunk',
        keys: ['status', 'body', 'fields', 'rank'],
      },
      {
        revision: 2,
        created_at: expect.any(Number),
        at: expect.any(String),
        actor: 'ada',
        actor_ref: { kind: 'user', id: 'ada' },
        op: 'update_chunk',
        keys: ['body'],
      },
      {
        revision: 1,
        created_at: expect.any(Number),
        at: expect.any(String),
        actor: 'ada',
        actor_ref: { kind: 'user', id: 'ada' },
        op: 'create_chunk',
      },
    ])
    expect(await ask('get_version', { id, revision: 1 })).toEqual({ chunk_id: id, revision: 1, title: 'A', body: '' })
    expect(await ask('get_version', { id, revision: 2 })).toMatchObject({ body: 'one\ntwo\nthree\n' })
    expect(await ask('get_version', { id, revision: 3 })).toMatchObject({
      status: 'done',
      fields: { a: 1 },
      tags: ['x'],
    })
    expect((await refusal('get_version', { id, revision: 4 })).message).toContain('no such revision: 4')
    expect(await ask('diff', { id, from_revision: 2, to_revision: 3 })).toMatchObject({
      diff: '@@ -1,4 +1,4 @@\n one\n-two\n+2\n three\n \n',
      changes: { status: { from: '', to: 'done' }, fields: { from: null, to: { a: 1 } } },
    })
  })

  it('knows who imported a chunk', async () => {
    const { asAgent, ask } = await someDocuments()
    const { root_chunk_id, document_id } = await asAgent('r_2').ask('import_md', { markdown: '# A\n\n## B\n' })
    const { chunks } = await ask('query_chunks', { parent_id: root_chunk_id, document_id })
    expect((await ask('history', { id: chunks[0].id })).revisions).toMatchObject([
      { revision: 1, op: 'import_md', actor_ref: { run_id: 'r_2' } },
    ])
    await ask('update_chunk', { id: chunks[0].id, revision: 1, body: 'x' })
    expect((await ask('history', { id: chunks[0].id })).revisions).toMatchObject([
      { revision: 2 },
      { revision: 1, op: 'import_md' },
    ])
  })
})

describe('a revision', () => {
  it('is undone as a new one, what came after it kept', async () => {
    const { ask, plan, refusal } = await someDocuments()
    const { ids } = await plan('A')
    const id = ids[0]!
    await ask('update_chunk', { id, revision: 1, status: 'done', body: 'agent text' })
    await ask('update_chunk', { id, revision: 2, title: 'Renamed' })
    expect(await ask('revert', { id, revision: 2 })).toMatchObject({ revision: 4, title: 'Renamed', body: '' })
    expect(await ask('get_chunk', { id })).not.toHaveProperty('status')
    expect(await ask('revert', { id, revision: 4 })).toMatchObject({ revision: 5, status: 'done', body: 'agent text' })
    await ask('update_chunk', { id, revision: 5, body: 'mine' })
    expect((await refusal('revert', { id, revision: 5 })).message).toContain('body changed after revision 5')
    expect((await refusal('revert', { id, revision: 9 })).message).toContain('no such revision')
  })
})

describe('everything a run did', () => {
  it('is undone: what it changed, made, moved, linked, tagged, typed and deleted', async () => {
    const { ask, plan, asAgent, titlesUnder } = await someDocuments()
    const { document_id, root_chunk_id, ids } = await plan('A', 'B', 'C', 'D')
    const [a, b, c, d] = ids as [string, string, string, string]
    await ask('create_chunk', { document_id, title: 'under D', parent_id: d, body: '[[A]]', tags: ['t'] })
    await ask('link_chunks', { from_id: a, to_id: d, kind: 'needs' })
    const snapshot = async () => ({
      markdown: (await ask('export_md', { document_id, include_metadata: false })).markdown,
      order: await titlesUnder(root_chunk_id),
      edges: (await ask('get_edges', { document_id })).edges,
      tags: await ask('list_tags', {}),
      types: await ask('list_types', {}),
      documents: (await ask('documents_summary', {})).documents.length,
    })
    const before = await snapshot()
    const run = asAgent('r_9')
    await run.ask('update_chunk', { id: a, revision: 1, body: 'first', status: 'x', set_fields: { n: 1 } })
    await run.ask('update_chunk', { id: a, revision: 2, body: 'second', position: 3 })
    await run.ask('move_chunk', { id: b, new_parent_id: c })
    await run.ask('add_tags', { id: c, tags: ['y'] })
    await run.ask('link_chunks', { from_id: b, to_id: c, kind: 'needs' })
    await run.ask('unlink_chunks', { from_id: a, to_id: d, kind: 'needs' })
    await run.ask('define_type', { name: 't', fields: ['f'] })
    const made = await run.ask('create_chunk', { document_id, title: 'made', parent_id: a })
    await run.ask('create_chunk', { document_id, title: 'below', parent_id: made.id })
    await run.ask('import_md', { document_id, markdown: '## imported\n' })
    await run.ask('delete_chunk', { id: d })
    await run.ask('create_document', { title: 'whole' })
    const { reverted, skipped } = await ask('revert_run', { run_id: 'r_9' })
    expect(skipped).toEqual([])
    expect(reverted.map(({ what, how }: { what: string; how: string }) => `${what} ${how}`).sort()).toEqual([
      ...[
        'chunk deleted',
        'chunk deleted',
        'chunk deleted',
        'chunk recreated',
        'chunk restored',
        'chunk restored',
        'chunk restored',
      ],
      ...['document deleted', 'edge deleted', 'edge recreated', 'type deleted'],
    ])
    const after = await snapshot()
    expect(after).toEqual(before)
    expect(await ask('get_chunk', { id: a })).toMatchObject({ body: '', revision: 4 })
    expect((await ask('revert_run', { run_id: 'r_9' })).reverted).toEqual([])
  })

  it('stays where others have changed it since, and is named', async () => {
    const { ask, plan, asAgent } = await someDocuments()
    const { document_id, ids } = await plan('A', 'B')
    const [a, b] = ids as [string, string]
    const run = asAgent('r_9')
    await run.ask('update_chunk', { id: a, revision: 1, body: 'run' })
    await run.ask('update_chunk', { id: b, revision: 1, body: 'run' })
    const made = await run.ask('create_chunk', { document_id, title: 'made' })
    const gone = await run.ask('create_chunk', { document_id, title: 'gone' })
    const whole = await run.ask('create_document', { title: 'whole' })
    await ask('update_chunk', { id: a, revision: 2, status: 'mine' })
    await ask('create_chunk', { document_id, title: 'mine', parent_id: made.id })
    await ask('delete_chunk', { id: gone.id })
    await asAgent('r_10', { agent: { name: 'reporter' } }).ask('create_chunk', {
      document_id: whole.document_id,
      title: 'more',
    })
    const { reverted, skipped } = await ask('revert_run', { run_id: 'r_9' })
    expect(reverted).toEqual([{ what: 'chunk', id: b, title: 'B', how: 'restored' }])
    expect(skipped).toEqual([
      { what: 'document', id: whole.document_id, title: 'whole', reason: 'changed since by the agent reporter' },
      { what: 'chunk', id: made.id, title: 'made', reason: 'mine under it is not the run’s' },
      { what: 'chunk', id: a, title: 'A', reason: 'changed since by ada' },
    ])
    expect(await ask('get_chunk', { id: a })).toMatchObject({ body: 'run', status: 'mine' })
  })

  it('includes a document it deleted, with its names, types and edges', async () => {
    const { ask, plan, asAgent } = await someDocuments()
    const { document_id, ids } = await plan('A', 'B')
    await ask('link_chunks', { from_id: ids[0], to_id: ids[1], kind: 'needs' })
    await ask('define_type', { name: 't', document_id, fields: ['f'] })
    const before = await ask('export_md', { document_id })
    await asAgent('r_9').ask('delete_document', { id: document_id })
    expect((await ask('revert_run', { run_id: 'r_9' })).reverted).toEqual([
      { what: 'document', id: document_id, title: 'Plan', how: 'recreated' },
    ])
    expect(await ask('export_md', { path: '/documents/plan' })).toEqual(before)
    expect((await ask('list_types', { document_id })).types).toHaveLength(1)
  })

  it('is nobody else’s to undo', async () => {
    const { plan, asAgent } = await someDocuments()
    const { ids } = await plan('A')
    await asAgent('r_9').ask('update_chunk', { id: ids[0], revision: 1, body: 'run' })
    expect(await asAgent('r_1', { userId: 'bob' }).ask('revert_run', { run_id: 'r_9' })).toMatchObject({
      reverted: [],
      skipped: [],
    })
  })
})
