import { describe, expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'

const columns = [
  { status: 'todo', title: 'To do' },
  { status: 'doing', title: 'Doing', limit: 2 },
  { status: 'done', done: true },
]

/** A document with a board, and cards to be done. */
async function aBoard(settings: object, ...titles: string[]) {
  const docs = await someDocuments()
  const { ask } = docs
  const { document_id, root_chunk_id } = await ask('create_document', { title: 'Plan' })
  const board = (fields: object, natural_key = 'board:main') => ({
    document_id,
    natural_key,
    title: 'Board',
    type: 'loom/board',
    fields,
  })
  await ask('upsert_chunk', board(settings))
  const ids: string[] = []
  for (const title of titles) ids.push((await ask('create_chunk', { document_id, title, status: 'todo' })).id)
  const count = async (status: string) => (await ask('query_chunks', { document_id, status })).chunks.length
  return { ...docs, document_id, root_chunk_id, board, ids, count }
}

describe('the settings of a board', () => {
  it('stand under the root and are kept as they were said', async () => {
    const { ask, document_id, root_chunk_id } = await aBoard({ columns, types: ['publication'] })
    const { chunks } = await ask('query_chunks', { document_id, type: 'loom/board', include: ['fields'] })
    expect(chunks).toMatchObject([
      { parent_id: root_chunk_id, natural_key: 'board:main', fields: { columns, types: ['publication'] } },
    ])
  })

  it.each([
    [{ columns: [{ title: 'To do' }] }, 'columns.0.status is missing'],
    [{ columns: [{ status: 'a', color: 'pink ' }] }, 'columns.0.color must be one of slate, blue'],
    [{ columns: [{ status: 'a', limit: 0 }] }, 'columns.0.limit must be at least 1'],
    [{ columns: [{ status: 'a' }, { status: 'a' }] }, 'two columns have the status "a"'],
    [{ columns: 'todo' }, 'columns must be a list'],
  ])('are refused in words where they do not fit: %j', async (fields, why) => {
    const { refusal, board, ask, document_id } = await aBoard({ columns })
    const refused = await refusal('upsert_chunk', board(fields))
    expect(refused).toMatchObject({ code: 'tool_refused', message: expect.stringContaining(why) })
    const [{ id, revision }] = (await ask('query_chunks', { document_id, type: 'loom/board' })).chunks
    expect((await refusal('update_chunk', { id, revision, set_fields: fields })).message).toContain(why)
  })

  it('need a key that says what they are of', async () => {
    const { refusal, document_id, ids, board, ask } = await aBoard({}, 'A')
    const says = 'a chunk of type loom/board needs a natural key'
    const made = await refusal('create_chunk', { document_id, title: 'Board', type: 'loom/board' })
    expect(made.message).toContain(says)
    expect((await refusal('update_chunk', { id: ids[0], revision: 1, type: 'loom/board' })).message).toContain(says)
    expect(await ask('upsert_chunk', board({ view: 'table', q: 'x' }, 'board:mine'))).toMatchObject({ created: true })
  })
})

it('comments, settings and the document itself are moved to no column, and it is said what they are', async () => {
  const { refusal, ask, document_id, root_chunk_id, ids } = await aBoard({ columns }, 'A')
  const comment = await ask('create_chunk', { document_id, title: 'c', type: 'comment', parent_id: ids[0] })
  const [settings] = (await ask('query_chunks', { document_id, type: 'loom/board' })).chunks
  for (const [id, what] of [
    [comment.id, 'of type comment'],
    [settings.id, 'of type loom/board'],
    [root_chunk_id, 'the document itself'],
  ]) {
    const { code, message } = await refusal('move_card', { id, status: 'done' })
    expect([code, message]).toEqual(['tool_refused', expect.stringContaining(what)])
  }
})

describe('a column with a limit', () => {
  it('takes so many cards and no more, whoever brings them and however', async () => {
    const { ask, refusal, document_id, ids, asAgent, count } = await aBoard({ columns }, 'A', 'B', 'C', 'D')
    await ask('move_card', { id: ids[0], status: 'doing' })
    await asAgent().ask('update_chunk', { id: ids[1], revision: 1, status: 'doing' })
    const card = { document_id, title: 'E', status: 'doing' }
    const attempts: Array<[string, object]> = [
      ['move_card', { id: ids[2], status: 'doing', before_id: ids[0] }],
      ['update_chunk', { id: ids[2], revision: 1, status: 'doing' }],
      ['create_chunk', card],
      ['upsert_chunk', { ...card, natural_key: 'e' }],
    ]
    for (const [op, input] of attempts) {
      for (const who of [refusal, asAgent().refusal]) {
        expect(await who(op, input as Record<string, unknown>)).toMatchObject({ code: 'column_full', status: 409 })
      }
    }
    expect(await count('doing')).toBe(2)
  })

  it('says what is in it and where there is room', async () => {
    const { ask, refusal, ids } = await aBoard(
      { columns: [...columns, { status: 'late', limit: 1 }] },
      'A',
      'B',
      'C',
      'D',
    )
    await ask('move_card', { id: ids[3], status: 'late' })
    for (const id of [ids[0], ids[1]]) await ask('move_card', { id, status: 'doing' })
    const { message, fields } = await refusal('move_card', { id: ids[2], status: 'doing' })
    expect(message).toBe(
      'the column "Doing" takes 2 cards and has 2: "A", "B". Move one of them on first, or leave the card where it is. There is room in "todo", "done".',
    )
    expect(fields).toEqual({
      status: 'doing',
      limit: 2,
      count: 2,
      cards: [
        { id: ids[0], title: 'A' },
        { id: ids[1], title: 'B' },
      ],
      room: [
        { status: 'todo', title: 'To do', cards: 1 },
        { status: 'done', title: 'done', cards: 0 },
      ],
    })
  })

  it('has its last place for one of two who come at once', async () => {
    const { ask, ids, asPerson, count } = await aBoard({ columns }, 'A', 'B', 'C')
    await ask('move_card', { id: ids[0], status: 'doing' })
    const ada = asPerson('ada')
    const moves = [ids[1], ids[2]].map((id) => ada.ask('move_card', { id, status: 'doing' }))
    const outcomes = await Promise.allSettled(moves)
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await count('doing')).toBe(2)
  })

  it('lets cards change places in it, and counts nothing but cards', async () => {
    const { ask, ids, document_id, root_chunk_id } = await aBoard({ columns }, 'A', 'B')
    for (const id of ids) await ask('move_card', { id, status: 'doing' })
    expect(await ask('move_card', { id: ids[1], before_id: ids[0] })).toMatchObject({ status: 'doing' })
    expect(await ask('move_card', { id: ids[1], status: 'doing', after_id: ids[0] })).toMatchObject({ revision: 2 })
    await ask('create_chunk', { document_id, title: 'C', type: 'comment', parent_id: ids[0], status: 'doing' })
    await ask('update_chunk', { id: root_chunk_id, revision: 1, status: 'doing' })
    await ask('move_card', { id: ids[0], status: 'done' })
    expect(await ask('move_card', { id: ids[0], status: 'doing' })).toMatchObject({ status: 'doing' })
  })

  it('binds neither what is undone nor what is imported', async () => {
    const { ask, ids, document_id, count } = await aBoard({ columns }, 'A', 'B', 'C')
    await ask('move_card', { id: ids[0], status: 'doing' })
    await ask('move_card', { id: ids[0], status: 'done' })
    for (const id of [ids[1], ids[2]]) await ask('move_card', { id, status: 'doing' })
    await ask('revert', { id: ids[0], revision: 3 })
    await ask('import_md', { document_id, markdown: '# D\n<!-- loom: {"status":"doing"} -->\n' })
    expect(await count('doing')).toBeGreaterThanOrEqual(3)
  })

  it('is bound by the board alone: columns of a saved view limit nothing, nor does what is no settings', async () => {
    const { ask, ids, board, count, db } = await aBoard({ columns }, 'A', 'B', 'C')
    await ask('upsert_chunk', board({ columns: [{ status: 'todo', limit: 1 }] }, 'board:mine'))
    await ask('create_chunk', { document_id: board({}).document_id, title: 'D', status: 'todo' })
    await db.transaction((tx) =>
      tx.updateTable('chunk_contents').set({ fields: '{"columns":[{"limit":1}]}' }).where('fields', '!=', '').execute(),
    )
    for (const id of ids) await ask('move_card', { id, status: 'doing' })
    expect(await count('doing')).toBe(3)
  })
})
