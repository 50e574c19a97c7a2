import fc from 'fast-check'
import { expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'

/** What the op should do, on plain lists. */
class Outline {
  readonly children = new Map<string, string[]>([['', []]])

  parentOf(id: string): string {
    return [...this.children].find(([, list]) => list.includes(id))![0]
  }

  isWithin(id: string, ancestor: string): boolean {
    for (let at = id; at !== ''; at = this.parentOf(at)) if (at === ancestor) return true
    return false
  }

  put(id: string, parent: string, index: number) {
    if (this.children.has(id)) this.take(id)
    else this.children.set(id, [])
    this.children.get(parent)!.splice(index, 0, id)
  }

  take(id: string) {
    const list = this.children.get(this.parentOf(id))!
    list.splice(list.indexOf(id), 1)
  }

  remove(id: string) {
    this.take(id)
    const drop = (gone: string) => {
      for (const child of this.children.get(gone)!) drop(child)
      this.children.delete(gone)
    }
    drop(id)
  }
}

const step = fc.record({
  kind: fc.constantFrom('create', 'create', 'after', 'before', 'last', 'first', 'up', 'down', 'delete', 'update'),
  chunk: fc.nat(),
  other: fc.nat(),
})

it('moves keep a tree a tree, and siblings in the order that was asked for', async () => {
  const docs = await someDocuments()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { ask, db } = docs
      const { document_id, root_chunk_id } = await ask('create_document', { title: 'Plan' })
      const outline = new Outline()
      outline.put(root_chunk_id, '', 0)
      for (const { kind, chunk, other } of steps) {
        const all = [...outline.children.keys()].filter((id) => id !== '')
        const pick = (n: number) => all[n % all.length]!
        const [id, sibling] = [pick(chunk), pick(other)]
        const parent = outline.parentOf(sibling)
        const siblings = () => outline.children.get(parent)!.filter((one) => one !== id)
        const movable = id !== root_chunk_id && id !== sibling && !outline.isWithin(sibling, id)
        if (kind === 'create') {
          const made = await ask('create_chunk', { document_id, title: 'x', parent_id: sibling })
          outline.put(made.id, sibling, outline.children.get(sibling)!.length)
        } else if (
          (kind === 'after' || kind === 'before') &&
          movable &&
          (kind === 'after' || sibling !== root_chunk_id)
        ) {
          await ask('move_chunk', { id, [`${kind}_id`]: sibling })
          const index = siblings().indexOf(sibling) + (kind === 'after' ? 1 : 0)
          outline.put(id, parent, index)
        } else if (kind === 'first' && movable) {
          await ask('move_chunk', { id, new_parent_id: sibling, position: 0 })
          outline.put(id, sibling, 0)
        } else if (kind === 'update' && movable) {
          const { revision } = await ask('get_chunk', { id })
          await ask('update_chunk', { id, revision, after_id: sibling, status: 'moved' })
          outline.put(id, parent, siblings().indexOf(sibling) + 1)
        } else if (kind === 'last' && movable && outline.parentOf(id) !== sibling) {
          const { revision } = await ask('get_chunk', { id })
          await ask('update_chunk', { id, revision, parent_id: sibling })
          outline.put(id, sibling, outline.children.get(sibling)!.length)
        } else if ((kind === 'up' || kind === 'down') && id !== root_chunk_id) {
          const { reordered } = await ask('reorder_chunk', { id, direction: kind })
          const own = outline.parentOf(id)
          const at = outline.children.get(own)!.indexOf(id)
          if (reordered) outline.put(id, own, kind === 'up' ? at - 1 : at + 1)
        } else if (kind === 'delete' && id !== root_chunk_id) {
          await ask('delete_chunk', { id })
          outline.remove(id)
        }
      }
      const stored = await db.read
        .selectFrom('placed_chunks')
        .select(['id', 'parent_id', 'position', 'shelf', 'slot'])
        .where('document_id', '=', document_id)
        .orderBy('shelf')
        .orderBy('slot')
        .execute()
      expect(stored).toHaveLength(outline.children.size - 1)
      for (const [parent, expected] of outline.children) {
        const children = stored.filter((row) => row.parent_id === parent)
        expect(children.map((row) => row.id)).toEqual(expected)
        const positions = children.map((row) => row.position)
        expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
      }
      expect(stored.find((row) => row.id === root_chunk_id)).toMatchObject({ parent_id: '', position: 0 })
    }),
    { numRuns: 60 },
  )
}, 120_000)

it('a position is literal where it is free, and siblings make room where it is not', async () => {
  const { ask, plan } = await someDocuments()
  const { document_id, root_chunk_id, ids } = await plan('A', 'B', 'C', 'D')
  const positions = async () => {
    const { chunks } = await ask('query_chunks', { parent_id: root_chunk_id })
    return chunks.map(({ title, position }: { title: string; position: number }) => `${title}${position}`).join(' ')
  }
  const move = (id: string, position: number) => ask('move_chunk', { id, new_parent_id: root_chunk_id, position })
  await move(ids[0]!, 2)
  expect(await positions()).toBe('B0 C1 A2 D3')
  await move(ids[3]!, 0)
  expect(await positions()).toBe('D0 B1 C2 A3')
  await move(ids[1]!, 20)
  expect(await positions()).toBe('D0 C2 A3 B20')
  await ask('create_chunk', { document_id, parent_id: root_chunk_id, title: 'E', position: 10 })
  await ask('create_chunk', { document_id, parent_id: root_chunk_id, title: 'F', position: 2 })
  expect(await positions()).toBe('D0 F2 C3 A4 E11 B21')
  expect(await ask('create_chunk', { document_id, parent_id: root_chunk_id, title: 'G' })).toMatchObject({
    position: 22,
  })
})

it('many siblings keep their order however lopsided they come', async () => {
  const { ask, plan, titlesUnder, db } = await someDocuments()
  const { document_id, root_chunk_id } = await plan()
  const expected: string[] = []
  for (let i = 0; i < 360; i++) {
    const title = String(i)
    const input = { document_id, parent_id: root_chunk_id, title }
    if (i % 2 === 0 || i < 3) {
      await ask('create_chunk', { ...input, position: 0 })
      expected.unshift(title)
    } else {
      const { chunks } = await ask('query_chunks', { parent_id: root_chunk_id, limit: 2 })
      await ask('create_chunk', { ...input, after_id: chunks[1].id })
      expected.splice(2, 0, title)
    }
  }
  expect(await titlesUnder(root_chunk_id)).toEqual(expected)
  const shelves = await db.read
    .selectFrom('chunk_shelves')
    .select('shelf')
    .where('parent_id', '=', root_chunk_id)
    .execute()
  expect(shelves.length).toBeGreaterThan(3)
}, 60_000)

it('shelves that have no number left between them are spread out', async () => {
  const { ask, plan, titlesUnder, db } = await someDocuments()
  const { document_id, root_chunk_id } = await plan()
  const markdown = ['# x', ...Array.from({ length: 200 }, (_, i) => `## ${i}`)].join('\n')
  const imported = await ask('import_md', { markdown, document_id })
  await db.transaction(async (tx) => {
    await tx
      .updateTable('chunks')
      .set((e) => ({ shelf: e('shelf', '/', 2 ** 32) }))
      .where('parent_id', '=', imported.root_chunk_id)
      .execute()
    await tx
      .updateTable('chunk_shelves')
      .set((e) => ({ shelf: e('shelf', '/', 2 ** 32) }))
      .where('parent_id', '=', imported.root_chunk_id)
      .execute()
  })
  const expected = Array.from({ length: 200 }, (_, i) => String(i))
  for (let i = 0; i < 140; i++) {
    await ask('create_chunk', { document_id, parent_id: imported.root_chunk_id, title: `n${i}`, position: 3 })
    expected.splice(3, 0, `n${i}`)
  }
  expect(await titlesUnder(imported.root_chunk_id)).toEqual(expected)
  expect(root_chunk_id).toBeTruthy()
}, 60_000)
