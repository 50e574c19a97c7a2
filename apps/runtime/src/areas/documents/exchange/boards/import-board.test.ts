import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { someDocuments } from '../../testing/some-documents.ts'

const fixtures = join(import.meta.dirname, '../../../../../../../fixtures/boards')
const fixture = (name: string) => readFileSync(join(fixtures, name), 'utf8')
const vibe = ['projects', 'tags', 'users', 'comments', 'relationships', 'pull_requests', 'attachments', 'issues']
const vibeFiles = vibe.map((name) => ({ name: `${name}.csv`, text: fixture(`vibe-kanban/${name}.csv`) }))

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Answer = any

/** Imports it, and reads what came of it. */
async function imported(input: Record<string, unknown>) {
  const documents = await someDocuments()
  const { ask } = documents
  const made = await ask('import_board', input)
  const { document_id } = made
  const { chunks } = await ask('query_chunks', { document_id, include: ['body', 'fields', 'tags'], limit: 1000 })
  const full = await Promise.all(chunks.map(({ id }: Answer) => ask('get_chunk', { id })))
  const cards: Answer[] = full.filter(({ type }: Answer) => type === 'card')
  const card = (title: string) => cards.find((one) => one.title === title)
  return {
    ...documents,
    made,
    cards,
    card,
    board: full.find(({ natural_key }: Answer) => natural_key === 'board:main'),
    root: full.find(({ id }: Answer) => id === made.root_chunk_id),
    commentsOn: (title: string) =>
      full.filter(({ type, parent_id }: Answer) => type === 'comment' && parent_id === card(title).id),
    edges: (await ask('get_edges', { document_id })).edges as Answer[],
    types: (await ask('list_types', { document_id })).types as Answer[],
  }
}

const what = ({ left_out }: Answer) => Object.fromEntries(left_out.map(({ what, count }: Answer) => [what, count]))

describe('a board of Trello', () => {
  it('comes with its columns, cards in order, checklists, fields, people, labels and comments', async () => {
    const { made, board, root, card, cards, commentsOn, types } = await imported({ text: fixture('trello.json') })
    expect(made).toMatchObject({ format: 'trello', title: 'Garden show', cards: 3, comments: 2, without_column: 0 })
    expect(root).toMatchObject({ title: 'Garden show', body: 'What has to be done before the show in May.' })
    expect(board).toMatchObject({ type: 'loom/board', parent_id: root.id })
    expect(board.fields).toEqual({
      columns: [
        { status: 'to do', title: 'To do' },
        { status: 'doing', title: 'Doing', limit: 3 },
        { status: 'done', title: 'Done', done: true },
      ],
      types: ['card'],
      show: ['assignee', 'start', 'due', 'Season'],
    })
    expect(cards.map(({ title, status }) => [title, status])).toEqual([
      ['Draw the plan', 'to do'],
      ['Order soil', 'to do'],
      ['Find a name', 'done'],
    ])
    expect(card('Order soil')).toMatchObject({
      natural_key: 'trello:k2',
      tags: ['plants', 'red'],
      fields: {
        start: '2026-03-01',
        due: '2026-03-20T11:30:00.000Z',
        'due complete': true,
        assignee: 'Ines Holt',
        assignees: 'Ines Holt, Jonas Roth',
        url: 'https://trello.com/c/k2k2k2k2',
        Beds: 4,
        Season: 'spring',
        Paid: true,
      },
      body: `Two tonnes, without peat.

Ask for the price first.

**Before ordering**

- [x] Ask the neighbours
- [ ] Measure the beds (Ines Holt, by 2026-03-10)

**Attachments**

- [offer.pdf](<https://trello.com/1/cards/k2/attachments/a1/download/offer.pdf>)
- [Soil  guide](<https://garden.example/soil>)`,
    })
    expect(card('Find a name').fields).toEqual({ assignee: 'Jonas Roth' })
    expect(commentsOn('Order soil').map(({ body }: Answer) => body)).toEqual([
      '**Jonas Roth**, 2026-02-01:\n\nThe dealer is closed on *Mondays*.',
      '**Ines Holt**, 2026-02-03:\n\nThen from the other one.',
    ])
    expect(types.map(({ name }) => name)).toEqual(['card'])
    expect(types[0].field_specs).toContainEqual(
      expect.objectContaining({ name: 'Season', kind: 'select', options: ['spring', 'summer'] }),
    )
  })

  it('says what cannot be read, and what was said on cards that stay behind', async () => {
    const { made, card } = await imported({
      text: JSON.stringify({
        name: 'Garden',
        lists: [{ id: 'l', name: 'To do' }],
        customFields: [{ id: 'f', name: 'Beds', type: 'number' }],
        cards: [
          {
            ...{ id: 'a', idList: 'l', name: 'Dig', due: 'some day' },
            customFieldItems: [{ idCustomField: 'f', value: { number: 'four' } }],
          },
          { id: 'b', idList: 'l', name: 'Old', closed: true },
        ],
        actions: ['a', 'b', 'b'].map((id) => ({ type: 'commentCard', data: { text: 'Hm.', card: { id } } })),
      }),
    })
    expect(card('Dig').fields ?? {}).toEqual({})
    expect(what(made)).toMatchObject({
      'values of “due”': 1,
      'values of “Beds”': 1,
      'comments on cards that are left out': 2,
    })
  })

  it('says what is left out, and takes what was put away where that is asked for', async () => {
    const { made, ask } = await imported({ text: fixture('trello.json') })
    expect(what(made)).toEqual({
      'archived columns': 1,
      'archived cards': 2,
      'attached files': 1,
      'colours of cards': 1,
      votes: 1,
      'entries of the activity log': 1,
      'the look of the board, its members and power-ups': undefined,
    })
    const all = await ask('import_board', { text: fixture('trello.json'), archived: true, preview: true })
    expect(all).toMatchObject({ cards: 5, columns: { length: 4 } })
    expect(what(all)).not.toHaveProperty('archived cards')
  })
})

describe('tables', () => {
  it('of Linear come with parents, links and dates', async () => {
    const { made, card, edges, board } = await imported({ text: fixture('linear.csv'), title: 'Alder' })
    expect(made).toMatchObject({ format: 'linear', title: 'Alder', cards: 4, edges: 3 })
    expect(board.fields.columns.map(({ title, done }: Answer) => [title, done])).toEqual([
      ['Backlog', undefined],
      ['In Progress', undefined],
      ['Done', true],
      ['Canceled', true],
    ])
    expect(card('Say why a key is refused')).toMatchObject({
      parent_id: card('Sign in with a key').id,
      status: 'in progress',
      fields: { id: 'ALD-2', due: '2026-03-01', estimate: 1, priority: 'Medium', creator: 'ines@alder.example' },
    })
    expect(card('Sign in with a key')).toMatchObject({
      tags: ['doors', 'security'],
      body: 'People have asked for it.\n\n- [ ] on a phone\n- [x] on a desk',
    })
    expect(card('=HYPERLINK("https://alder.example")').fields.created).toBe('2026-01-06T10:00:00+00:00')
    expect(edges.map(({ from_title, kind, to_title }) => `${from_title}: ${kind} ${to_title}`).sort()).toEqual([
      'Say why a key is refused, again: duplicate of Say why a key is refused',
      'Say why a key is refused: blocked by =HYPERLINK("https://alder.example")',
      'Sign in with a key: relates =HYPERLINK("https://alder.example")',
    ])
    expect(what(made)).toMatchObject({ 'links to cards that are not in the file': 1, 'the column “UUID”': 4 })
  })

  it('of GitHub Projects come with people, labels and what columns of their own hold', async () => {
    const { made, card, board } = await imported({ text: fixture('github-projects.tsv') })
    expect(made).toMatchObject({ format: 'github_projects', cards: 4, without_column: 1 })
    expect(board.fields.columns.map(({ title }: Answer) => title)).toEqual(['Todo', 'In Progress', 'Done'])
    expect(card('Boil water')).toMatchObject({
      status: 'in progress',
      tags: ['kitchen'],
      fields: { assignee: 'ines', assignees: 'ines, jonas', Points: 2, url: 'https://github.com/alder/tea/issues/1' },
    })
    expect(card('Wash up').status).toBeUndefined()
  })

  it('of Vibe Kanban come with what the other files of the archive say', async () => {
    const { made, card, commentsOn, edges } = await imported({ files: vibeFiles })
    expect(made).toMatchObject({ format: 'vibe_kanban', cards: 3, comments: 1, edges: 1 })
    expect(card('Read the meter')).toMatchObject({
      body: 'Once a day, at noon.\n\n- Pull request #7: <https://github.com/alder/house/pull/7>',
      fields: { assignees: 'Ines Holt, Jonas Roth', start: '2026-01-04', due: '2026-02-01', project: 'House' },
    })
    expect(card('Note the number').parent_id).toBe(card('Read the meter').id)
    expect(commentsOn('Read the meter')[0].body).toContain('It stands still, does it?')
    expect(edges).toMatchObject([{ kind: 'blocking', from_title: 'Pay the bill', to_title: 'Read the meter' }])
    expect(what(made)).toMatchObject({ 'attached files': 1, 'comments on issues that are not in the file': 1 })
  })

  it('of anything come by what their columns are called and hold', async () => {
    const { made, card, types } = await imported({ text: fixture('plain.csv'), path: '/docs/flat' })
    expect(made).toMatchObject({
      format: 'csv',
      title: 'flat',
      path: '/docs/flat',
      table: { title: 'Task', status: 'Stage' },
      columns: [
        { title: 'Ready', cards: 1 },
        { title: 'Doing', cards: 2 },
      ],
    })
    expect(card('Paint; twice')).toMatchObject({
      status: 'doing',
      fields: { Owner: 'Ines', When: '2026-04-01', Hours: 7.5, Paid: true, Room: 'hall' },
    })
    expect(types[0].field_specs.map(({ name, kind }: Answer) => `${name} ${kind}`)).toEqual([
      'Owner person',
      'When date',
      'Hours number',
      'Paid checkbox',
      'Room select',
      'Link url',
    ])
  })

  it('are read by the columns that somebody names', async () => {
    const { ask, refusal } = await someDocuments()
    const text = 'A,B\none,x\ntwo,y\n'
    const said = { text, title_column: 'B', status_column: 'A', preview: true }
    expect(await ask('import_board', said)).toMatchObject({
      table: { title: 'B', status: 'A' },
      columns: [{ title: 'one' }, { title: 'two' }],
    })
    expect((await refusal('import_board', { text, status_column: 'C' })).message).toContain(
      'no column "C"; it has A, B',
    )
    expect(await ask('import_board', { text, preview: true })).toMatchObject({
      columns: [{ title: 'To do' }, { title: 'Doing' }, { title: 'Done' }],
      without_column: 2,
    })
  })
})

describe('an archive of Focalboard', () => {
  it('comes with what its cards hold, in their order', async () => {
    const { made, board, card, cards, commentsOn } = await imported({ text: fixture('focalboard.jsonl') })
    expect(cards.map(({ title }) => title)).toEqual(['Empty', '🚂 The General'])
    expect(made).toMatchObject({ format: 'focalboard', title: 'Film club', cards: 2, without_column: 1 })
    expect(board.fields.columns).toEqual([
      { status: 'planned', title: 'Planned', color: 'blue' },
      { status: 'seen', title: 'Seen', color: 'green' },
      { status: 'done', title: 'Done', color: 'slate', done: true },
    ])
    expect(card('🚂 The General')).toMatchObject({
      status: 'planned',
      tags: ['silent'],
      fields: { Date: '2026-03-01', Minutes: 75, Host: 'user-7' },
      body: 'With **piano**.\n\n- [ ] Borrow the film\n- [x] Book the room',
    })
    expect(commentsOn('🚂 The General')[0].body).toBe('**user-9**, 2026-03-01:\n\nI bring chairs.')
    expect(what(made)).toMatchObject({
      'saved views': 1,
      'templates of cards': 1,
      'pictures and attached files': 1,
      'attached files': 1,
      'values of “Minutes”': 1,
    })
  })

  it('is of its boards, and not of the templates that come along', async () => {
    const line = (id: string, isTemplate: boolean) =>
      JSON.stringify({ type: 'board', data: { id, title: `Board ${id}`, isTemplate, cardProperties: [] } })
    const { ask } = await someDocuments()
    const cards = ['t', 'b'].map((parentId) =>
      JSON.stringify({ type: 'block', data: { id: `of ${parentId}`, parentId, type: 'card', title: 'One' } }),
    )
    const text = [line('t', true), line('b', false), ...cards].join('\n')
    const made = await ask('import_board', { text, format: 'focalboard', preview: true })
    expect(made).toMatchObject({ title: 'Board b', cards: 1 })
    expect(made).not.toHaveProperty('boards')
  })

  it('of several boards gives the one that is named', async () => {
    const other = JSON.stringify({ type: 'board', data: { id: 'b2', title: 'Books', cardProperties: [] } })
    const files = [
      { name: 'b1/board.jsonl', text: fixture('focalboard.jsonl') },
      {
        name: 'b2/board.jsonl',
        text: `${other}\n${JSON.stringify({ type: 'block', data: { id: 'z', parentId: 'b2', type: 'card', title: 'One' } })}`,
      },
    ]
    const { ask, refusal } = await someDocuments()
    const input = { files, format: 'focalboard', preview: true }
    expect(await ask('import_board', input)).toMatchObject({ title: 'Film club', boards: ['Film club', 'Books'] })
    expect(await ask('import_board', { ...input, board: 'Books' })).toMatchObject({ title: 'Books', cards: 1 })
    expect((await refusal('import_board', { ...input, board: 'Films' })).message).toContain('Film club, Books')
  })
})

describe('lists in Markdown', () => {
  it('are columns of cards, as Obsidian keeps them', async () => {
    const { made, board, card, cards } = await imported({ text: fixture('obsidian-kanban.md') })
    expect(made).toMatchObject({ format: 'markdown_lists', cards: 5 })
    expect(board.fields.columns).toEqual([
      { status: 'seeds', title: 'Seeds', limit: 2 },
      { status: 'beds', title: 'Beds' },
      { status: 'done', title: 'Done', done: true },
    ])
    expect(cards.map(({ title }) => title)).toEqual([
      'Sow Tomatoes',
      'Water them',
      'Dig',
      'Mark the paths',
      'Buy gloves',
    ])
    expect(card('Sow Tomatoes')).toMatchObject({
      tags: ['indoors', 'spring/early'],
      fields: { due: '2026-03-01T09:30' },
      body: 'Sow [[Tomatoes]]',
    })
    expect(card('Water them').body).toBe('every morning\ntwice in June')
    expect(card('Dig').body).toBe('- [ ] the left one\n- [x] the right one')
    expect(card('Mark the paths').fields).toEqual({ checked: true })
    expect(card('Buy gloves').fields).toBeUndefined()
    expect(what(made)).toEqual({ 'archived cards': 1, 'settings of the plugin': undefined })
  })
})

describe('an import', () => {
  it('makes nothing of a preview', async () => {
    const { ask } = await someDocuments()
    const preview = await ask('import_board', { text: fixture('trello.json'), preview: true })
    expect(preview).toMatchObject({ cards: 3, columns: [{ title: 'To do', cards: 2 }, { cards: 0 }, { cards: 1 }] })
    expect(preview).not.toHaveProperty('document_id')
    expect((await ask('documents_summary')).documents).toEqual([])
  })

  it('is checked by types of its own, not by those of others with the same name', async () => {
    const { ask } = await someDocuments()
    await ask('define_type', { name: 'card', fields: [{ name: 'must', kind: 'text', required: true }] })
    expect(await ask('import_board', { text: fixture('plain.csv') })).toMatchObject({ cards: 4 })
  })

  it('of very many cards is there all at once', async () => {
    const { ask } = await someDocuments()
    const rows = Array.from({ length: 700 }, (_, i) => `Card ${i},${['Todo', 'Doing'][i % 2]}`)
    const made = await ask('import_board', { text: `Title,Status\n${rows.join('\n')}\n` })
    expect(made).toMatchObject({ cards: 700, chunks_created: 702, columns: [{ cards: 350 }, { cards: 350 }] })
    expect((await ask('list_types', { document_id: made.document_id })).types).toMatchObject([{ name: 'card' }])
  })

  it.each([
    ['nothing', {}, 'give the text of a board'],
    ['both', { text: 'a,b', files: [{ name: 'x', text: 'y' }] }, 'text or files, not both'],
    ['words', { text: 'just some words' }, 'say the format'],
    ['JSON of another kind', { text: '{"a":1}' }, 'a board of Trello is'],
    ['broken JSON', { text: '{"lists":[' }, 'the board is not JSON'],
    ['an archive of nothing', { text: '{"a":1}\n{"b":2}', format: 'focalboard' }, 'no board in the archive'],
    ['broken lines', { text: '{"type":"board"', format: 'focalboard' }, 'a line of the archive is not JSON'],
    ['an open quote', { text: 'a,b\n"x', format: 'csv' }, 'the table cannot be read'],
    ['an empty table', { text: ' ', format: 'csv' }, 'neither a card nor a column'],
    ['a table that is too wide', { text: `${'a,'.repeat(300)}\n`, format: 'csv' }, '301 columns and may have 200'],
    ['too many columns', { text: '## a\n'.repeat(101) }, '101 columns and may have 100'],
    ['JSON that is too deep', { text: `{"lists":${'['.repeat(300)}` }, 'deep'],
  ])('refuses %s in words', async (_, input, words) => {
    const { refusal, ask } = await someDocuments()
    expect(await refusal('import_board', input)).toMatchObject({
      code: 'tool_refused',
      message: expect.stringContaining(words),
    })
    expect((await ask('documents_summary')).documents).toEqual([])
  })
})
