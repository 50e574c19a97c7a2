import { describe, expect, it } from 'vitest'
import { Random } from '../../../../../../fault/random.ts'
import { someDocuments } from '../testing/some-documents.ts'

type Change = Record<string, unknown> & { chunk_id: string; op: string; after_id?: string; parent_id?: string }

/** Children by parent, as somebody has them who has read nothing but changes. */
class Viewer {
  readonly #children = new Map<string, string[]>()

  apply({ chunk_id, op, after_id, parent_id }: Change) {
    if (op !== 'delete_chunk' && after_id === undefined) return
    for (const siblings of this.#children.values()) {
      const at = siblings.indexOf(chunk_id)
      if (at >= 0) siblings.splice(at, 1)
    }
    if (op !== 'delete_chunk') this.under(parent_id!).splice(this.under(parent_id!).indexOf(after_id!) + 1, 0, chunk_id)
  }

  under(parentId: string): string[] {
    const known = this.#children.get(parentId)
    if (known) return known
    const none: string[] = []
    this.#children.set(parentId, none)
    return none
  }
}

describe('a change', () => {
  it('says where a chunk stands, so that a viewer keeps the order without reading it again', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id, root_chunk_id } = await plan()
    const random = new Random(20_260_629)
    const known: string[] = []
    const anyOf = (ids: readonly string[]) => ids[random.between(0, ids.length - 1)]!
    for (let step = 0; step < 80; step++) {
      const sibling = known.length > 0 && random.between(0, 1) === 0 ? { after_id: anyOf(known) } : {}
      const place = 'after_id' in sibling ? sibling : { position: random.between(0, 5) }
      const what = random.between(0, known.length < 4 ? 0 : 3)
      if (what < 2) {
        const parent = 'after_id' in sibling ? {} : { parent_id: random.between(0, 2) === 0 ? '' : root_chunk_id }
        const title = `Chunk ${step}`
        known.push((await ask('create_chunk', { document_id, title, ...parent, ...place })).id)
      } else if (what === 2) {
        const parent = 'after_id' in sibling ? {} : { new_parent_id: root_chunk_id }
        await ask('move_chunk', { id: anyOf(known), ...parent, ...place }).catch(() => {})
      } else {
        const [gone] = known.splice(random.between(0, known.length - 1), 1)
        await ask('delete_chunk', { id: gone })
      }
    }
    const viewer = new Viewer()
    for (const change of (await ask('changes', { document_id, limit: 1000 })).changes) viewer.apply(change)
    for (const parent_id of ['', root_chunk_id]) {
      const { chunks } = await ask('query_chunks', { document_id, parent_id, limit: 1000 })
      const order = chunks.map(({ id }: { id: string }) => id).filter((id: string) => id !== root_chunk_id)
      expect(order.length).toBeGreaterThan(2)
      expect(viewer.under(parent_id)).toEqual(order)
    }
  })

  it('says what is different and the new revision, but for what is long', async () => {
    const { ask, plan } = await someDocuments()
    const { document_id, ids } = await plan('First', 'Second')
    await ask('update_chunk', { id: ids[0], revision: 1, status: 'done', body: 'Words.', tags: ['a'] })
    await ask('update_chunk', { id: ids[0], revision: 2, fields: { note: 'x'.repeat(5000) } })
    const { changes } = await ask('changes', { document_id })
    expect(changes.slice(1)).toMatchObject([
      { op: 'create_chunk', revision: 1, changed: { title: 'First', tags: [] }, after_id: '' },
      { op: 'create_chunk', revision: 1, changed: { title: 'Second' }, after_id: ids[0] },
      {
        op: 'update_chunk',
        revision: 2,
        keys: ['status', 'body', 'tags', 'rank'],
        changed: { rank: 'a0', tags: ['a'] },
      },
      { op: 'update_chunk', revision: 3, keys: ['fields'] },
    ])
    expect(changes[3].changed).not.toHaveProperty('body')
    expect(changes[3]).not.toHaveProperty('after_id')
    expect(changes[4]).not.toHaveProperty('changed')
  })
})

it('chunks are found by their ids, of one’s own place and as far as they are there', async () => {
  const { ask, plan, asPerson } = await someDocuments()
  const { ids } = await plan('First', 'Second', 'Third')
  const foreign = await asPerson('bob').ask('create_document', { title: 'Not ada’s' })
  const asked = [ids[2], ids[0], foreign.root_chunk_id, 'missing']
  const { chunks } = await ask('query_chunks', { ids: asked, include: ['body'] })
  expect(chunks.map(({ title }: { title: string }) => title)).toEqual(['First', 'Third'])
})
