import { describe, expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'

/** A plan with a branch in it, and how far somebody has seen its changes. */
async function aBranch() {
  const documents = await someDocuments()
  const { ask, plan } = documents
  const { document_id, ids } = await plan('Top', 'Other')
  const [top, other] = ids as [string, string]
  const below = (await ask('create_chunk', { document_id, parent_id: top, title: 'Below' })).id
  const deep = (await ask('create_chunk', { document_id, parent_id: below, title: 'Deep' })).id
  const { seq } = await ask('get_document', { id: document_id })
  return { ...documents, document_id, top, other, below, deep, seq }
}

type Branch = Awaited<ReturnType<typeof aBranch>>

describe('a branch is deleted as its author has seen it', () => {
  it.each<[string, (branch: Branch) => Promise<unknown>, object]>([
    ['itself', ({ ask, top }) => ask('update_chunk', { id: top, revision: 1, body: 'x' }), { op: 'update_chunk' }],
    ['below', ({ ask, deep }) => ask('update_chunk', { id: deep, revision: 1, body: 'x' }), { op: 'update_chunk' }],
    [
      'a new one',
      ({ ask, document_id, below }) => ask('create_chunk', { document_id, parent_id: below, title: 'New' }),
      { op: 'create_chunk', title: 'New' },
    ],
    [
      'one put there',
      ({ ask, other, deep }) => ask('move_chunk', { id: other, new_parent_id: deep }),
      { op: 'move_chunk' },
    ],
    [
      'an edge to it',
      ({ ask, other, deep }) => ask('link_chunks', { from_id: other, to_id: deep, kind: 'needs' }),
      { op: 'link_chunks' },
    ],
    [
      'an import',
      ({ ask, document_id, below }) => ask('import_md', { document_id, parent_id: below, markdown: '# In' }),
      { op: 'import_md' },
    ],
  ])('not when something was changed: %s', async (_, change, told) => {
    const branch = await aBranch()
    await change(branch)
    const { refusal, ask, top, seq } = branch
    const refused = await refusal('delete_chunk', { id: top, unchanged_since: seq })
    expect(refused).toMatchObject({
      code: 'changed_since',
      status: 409,
      fields: { changes: [{ ...told, seq: seq + 1, actor: { kind: 'user', id: 'ada' } }] },
    })
    // Who has seen that as well goes on.
    expect(await ask('delete_chunk', { id: top, unchanged_since: seq + 1 })).toMatchObject({ deleted: true })
  })

  it('whatever was done elsewhere, however much', async () => {
    const { ask, top, other, seq } = await aBranch()
    for (let revision = 1; revision <= 210; revision++) {
      await ask('update_chunk', { id: other, revision, body: `${revision}` })
    }
    expect(await ask('delete_chunk', { id: top, unchanged_since: seq })).toEqual({
      deleted: true,
      cascade_deleted_descendants: 2,
    })
  })

  it('not when something was changed after very much else', async () => {
    const { ask, refusal, top, other, deep, seq } = await aBranch()
    for (let i = 0; i < 410; i++) await ask(i % 2 === 0 ? 'add_tags' : 'remove_tags', { id: other, tags: ['x'] })
    await ask('add_tags', { id: deep, tags: ['x'] })
    expect((await refusal('delete_chunk', { id: top, unchanged_since: seq })).code).toBe('changed_since')
  })

  it('not when it is changed between what is looked through and the deletion', async () => {
    const { db, deps, ask, refusal, top, deep, seq } = await aBranch()
    let meanwhile: (() => Promise<unknown>) | undefined = () =>
      ask('update_chunk', { id: deep, revision: 1, body: 'x' })
    const transaction: typeof db.transaction = async (work) => {
      const change = meanwhile
      meanwhile = undefined
      await change?.()
      return db.transaction(work)
    }
    deps.db = { read: db.read, aside: db.aside.bind(db), atOneMoment: db.atOneMoment.bind(db), transaction }
    expect((await refusal('delete_chunk', { id: top, unchanged_since: seq })).code).toBe('changed_since')
    expect((await ask('get_chunk', { id: deep })).body).toBe('x')
  })
})

describe('a chunk is moved from where its author has seen it', () => {
  it('not when somebody has put it elsewhere since', async () => {
    const { ask, refusal, top, other, deep, seq } = await aBranch()
    await ask('move_chunk', { id: other, new_parent_id: top })
    const refused = await refusal('move_chunk', { id: other, new_parent_id: deep, unmoved_since: seq })
    expect(refused).toMatchObject({
      code: 'changed_since',
      fields: { changes: [{ op: 'move_chunk', parent_id: top }] },
    })
    expect(await ask('move_chunk', { id: other, new_parent_id: deep, unmoved_since: seq + 1 })).toMatchObject({
      ok: true,
    })
  })

  it('whatever it says by now, and wherever others are', async () => {
    const { ask, other, top, deep, seq } = await aBranch()
    await ask('update_chunk', { id: other, revision: 1, body: 'x' })
    await ask('move_chunk', { id: deep, new_parent_id: other })
    expect(await ask('move_chunk', { id: other, new_parent_id: top, unmoved_since: seq })).toMatchObject({ ok: true })
  })
})
