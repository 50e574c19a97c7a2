import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'

type Docs = Awaited<ReturnType<typeof someDocuments>>

/** Titles in a column, in order. */
async function columnOf({ ask }: Docs, document_id: string, status: string): Promise<string[]> {
  const { chunks } = await ask('query_chunks', { document_id, status, sort: 'rank', limit: 1000 })
  return chunks.map(({ title }: { title: string }) => title)
}

/** A document with cards of these titles, to be done. */
async function aBoard(...titles: string[]) {
  const docs = await someDocuments()
  const { document_id } = await docs.ask('create_document', { title: 'Plan' })
  const ids: Record<string, string> = {}
  for (const title of titles) {
    ids[title] = (await docs.ask('create_chunk', { document_id, title, status: 'todo' })).id
  }
  const column = (status: string) => columnOf(docs, document_id, status)
  const move = (title: string, to: object) => docs.ask('move_card', { id: ids[title], ...to })
  const latest = async () => (await docs.ask('changes', { document_id })).changes.at(-1)
  return { ...docs, document_id, ids, column, move, latest }
}

describe('a card', () => {
  it('comes last in the column of its status, however it gets it', async () => {
    const board = await aBoard('A', 'B')
    const { ask, document_id, ids, column } = board
    const { id, rank } = await ask('create_chunk', { document_id, title: 'C', parent_id: ids.A })
    expect(rank).toBeUndefined()
    await ask('update_chunk', { id, revision: 1, status: 'todo' })
    await ask('upsert_chunk', { document_id, natural_key: 'd', title: 'D', status: 'todo' })
    await ask('import_md', { document_id, markdown: '# E\n<!-- loom: {"status":"todo"} -->\n\n## F\n' })
    expect((await column('todo')).slice(0, 4)).toEqual(['A', 'B', 'C', 'D'])
    await ask('upsert_chunk', { document_id, natural_key: 'd', title: 'D', status: 'done' })
    await ask('update_chunk', { id: ids.A, revision: 1, status: 'done' })
    expect(await column('done')).toEqual(['D', 'A'])
  })

  it('stands where it was told to, and its place alone makes no revision', async () => {
    const { move, column, ids, latest } = await aBoard('A', 'B', 'C', 'D')
    const moved = await move('D', { after_id: ids.A })
    expect(moved).toMatchObject({ id: ids.D, status: 'todo', revision: 1 })
    expect(await column('todo')).toEqual(['A', 'D', 'B', 'C'])
    expect(await latest()).toMatchObject({
      op: 'move_card',
      chunk_id: ids.D,
      revision: 1,
      keys: ['rank'],
      changed: { rank: moved.rank },
    })
    await move('C', { before_id: ids.A })
    expect(await column('todo')).toEqual(['C', 'A', 'D', 'B'])
  })

  it('gets another status and its place there in one revision, told in one change', async () => {
    const { move, column, ids, latest, ask } = await aBoard('A', 'B', 'C')
    await move('A', { status: 'done' })
    const { rank } = await move('B', { status: 'done', before_id: ids.A, revision: 1 })
    expect(await column('done')).toEqual(['B', 'A'])
    expect(await latest()).toMatchObject({
      revision: 2,
      keys: ['status', 'rank'],
      changed: { status: 'done', rank },
    })
    expect(await ask('get_chunk', { id: ids.B })).toMatchObject({ status: 'done', rank, revision: 2 })
  })

  it('goes beside the other neighbour where one has left the column, and to the end where both have', async () => {
    const { move, column, ids } = await aBoard('A', 'B', 'C', 'D', 'E')
    await move('A', { status: 'done' })
    await move('E', { after_id: ids.A, before_id: ids.B })
    expect(await column('todo')).toEqual(['E', 'B', 'C', 'D'])
    await move('E', { after_id: ids.A, before_id: 'nobody' })
    expect(await column('todo')).toEqual(['B', 'C', 'D', 'E'])
  })

  it('that is there already is no change', async () => {
    const { move, ids, latest, ask } = await aBoard('A', 'gone', 'C', 'D')
    await ask('delete_chunk', { id: ids.gone })
    const { seq } = await latest()
    for (const to of [{}, { status: 'todo' }, { after_id: ids.A }, { before_id: ids.D }, { after_id: ids.C }]) {
      await move('C', to)
    }
    expect((await latest()).seq).toBe(seq)
  })

  it('without a status has no place among cards', async () => {
    const { move, ask, ids } = await aBoard('A', 'B')
    expect(await move('A', { status: null, after_id: ids.B })).toMatchObject({ status: '', rank: '', revision: 2 })
    expect(await ask('get_chunk', { id: ids.A })).not.toHaveProperty('rank')
  })

  it('is not moved by whoever has read another revision of it', async () => {
    const { move, refusal, ids, column } = await aBoard('A', 'B')
    await move('A', { status: 'done' })
    expect((await refusal('move_card', { id: ids.A, status: 'todo', revision: 1 })).fields).toMatchObject({
      reason: 'revision_conflict',
      current_revision: 2,
    })
    expect(await column('done')).toEqual(['A'])
  })

  it('two people who drop at the same place both succeed', async () => {
    const { as: _, asPerson, ids, column } = await aBoard('A', 'B', 'C', 'D')
    const ada = asPerson('ada')
    const between = { after_id: ids.A, before_id: ids.B }
    await Promise.all(['C', 'D'].map((title) => ada.ask('move_card', { id: ids[title], ...between })))
    expect(await column('todo')).toEqual(['A', 'D', 'C', 'B'])
  })
})

describe('what is undone', () => {
  it('stands where it was before', async () => {
    const { move, ask, column, ids } = await aBoard('A', 'B', 'C')
    await move('B', { status: 'done' })
    await ask('revert', { id: ids.B, revision: 2 })
    expect(await column('todo')).toEqual(['A', 'B', 'C'])
  })

  it('of a run stands where it was, also where only its place was changed', async () => {
    const { asAgent, ask, column, ids } = await aBoard('A', 'B', 'C', 'D')
    const agent = asAgent('r_1')
    await agent.ask('move_card', { id: ids.A, status: 'done' })
    await agent.ask('move_card', { id: ids.D, before_id: ids.B })
    await agent.ask('delete_chunk', { id: ids.C })
    await ask('revert_run', { run_id: 'r_1' })
    expect(await column('todo')).toEqual(['A', 'B', 'C', 'D'])
  })

  it('comes right behind what stands there by now', async () => {
    const { asAgent, ask, column, ids, move } = await aBoard('A', 'B', 'C')
    await asAgent('r_1').ask('move_card', { id: ids.A, status: 'done' })
    await move('C', { before_id: ids.B })
    await ask('revert_run', { run_id: 'r_1' })
    expect(await column('todo')).toEqual(['C', 'A', 'B'])
    expect(new Set(await ranks(ask, ids))).toHaveLength(3)
  })
})

async function ranks(ask: Docs['ask'], ids: Record<string, string>): Promise<string[]> {
  const { chunks } = await ask('query_chunks', { ids: Object.values(ids) })
  return chunks.map(({ rank }: { rank: string }) => rank)
}

const step = fc.record({
  kind: fc.constantFrom('create', 'after', 'before', 'last', 'update', 'delete', 'undo'),
  card: fc.nat(),
  other: fc.nat(),
  status: fc.constantFrom('todo', 'doing'),
})

it('cards keep the order they were put in, whatever comes and goes', async () => {
  const docs = await someDocuments()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { ask } = docs
      const { document_id } = await ask('create_document', { title: 'Plan' })
      const columns: Record<string, string[]> = { todo: [], doing: [] }
      const titles = new Map<string, string>()
      const statusOf = (id: string) => Object.keys(columns).find((status) => columns[status]!.includes(id))!
      const take = (id: string) => {
        const column = columns[statusOf(id)]!
        column.splice(column.indexOf(id), 1)
      }
      for (const { kind, card, other, status } of steps) {
        const all = [...columns.todo!, ...columns.doing!]
        const [id, beside] = [all[card % all.length], all[other % all.length]]
        if (kind === 'create' || !id || !beside) {
          const made = await ask('create_chunk', { document_id, title: `${titles.size}`, status })
          titles.set(made.id, made.title)
          columns[status]!.push(made.id)
        } else if (kind === 'update') {
          const { revision } = await ask('get_chunk', { id })
          await ask('update_chunk', { id, revision, status })
          if (statusOf(id) === status) continue
          take(id)
          columns[status]!.push(id)
        } else if (kind === 'delete') {
          await ask('delete_chunk', { id })
          take(id)
        } else if (kind === 'undo') {
          const agent = docs.asAgent(`r_${document_id}_${id}_${card}_${other}`)
          await agent.ask('move_card', { id, status, before_id: beside })
          await ask('revert_run', { run_id: `r_${document_id}_${id}_${card}_${other}` })
        } else if (id !== beside) {
          const to = statusOf(beside)
          const seat = kind === 'after' ? { after_id: beside } : kind === 'before' ? { before_id: beside } : {}
          if (kind === 'last' && statusOf(id) === to) continue
          await ask('move_card', { id, status: to, ...seat })
          take(id)
          const column = columns[to]!
          const at = kind === 'last' ? column.length : column.indexOf(beside) + (kind === 'after' ? 1 : 0)
          column.splice(at, 0, id)
        }
      }
      for (const [status, ids] of Object.entries(columns)) {
        expect(await columnOf(docs, document_id, status)).toEqual(ids.map((id) => titles.get(id)))
      }
    }),
    { numRuns: 30 },
  )
})
