// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { refuseOp } from '../../../testing/render-route.tsx'
import { documentId, goals, message, openAt, rootId, server, user } from '../testing/a-document-page.ts'

const fieldsOf = (id: string) => server.documents.get(id).fields

describe('a calendar', () => {
  beforeEach(() => {
    server.documents.types = [{ name: 'task', document_id: '', fields: [{ name: 'due', kind: 'date' }] }]
    server.documents.change(goals, { fields: { due: '2026-06-10' } })
  })
  const day = (name: string) => screen.findByRole('gridcell', { name: new RegExp(`^${name}`) })

  it('has chunks on their days, and those without a day apart', async () => {
    openAt('?view=calendar&day=2026-06-15')
    expect(within(await day('Wednesday, 10 June 2026')).getByRole('button', { name: /^Goals/ })).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'June 2026' })).toBeTruthy()
    const apart = within(screen.getByRole('region', { name: 'No date' }))
    expect(apart.getByRole('button', { name: 'Message' })).toBeTruthy()
  })

  it('is turned, to the week and back to today', async () => {
    openAt('?view=calendar&day=2026-06-15')
    await user.click(await screen.findByRole('button', { name: 'The month after' }))
    await screen.findByRole('heading', { name: 'July 2026' })
    await user.click(screen.getByRole('radio', { name: 'Week' }))
    await waitFor(() => expect(screen.getAllByRole('gridcell')).toHaveLength(7))
    await user.click(screen.getByRole('button', { name: 'Today' }))
    await waitFor(() =>
      expect(screen.getAllByRole('gridcell').some((cell) => cell.hasAttribute('aria-current'))).toBe(true),
    )
  })

  it('is a timeline of weeks, in which a chunk goes to other days as long as it is', async () => {
    server.documents.types = [
      {
        name: 'task',
        document_id: '',
        fields: [
          { name: 'start', kind: 'date' },
          { name: 'due', kind: 'date' },
        ],
      },
    ]
    server.documents.change(goals, { fields: { start: '2026-06-08', due: '2026-06-10' } })
    server.documents.change(message, { fields: { due: '2025-01-01' } })
    openAt('?view=calendar&day=2026-06-15&date=due')
    await user.click(await screen.findByRole('radio', { name: 'Timeline' }))
    const timeline = within(await screen.findByRole('region', { name: 'Timeline' }))
    const bar = await timeline.findByRole('button', { name: /^Goals ?, ?8\W+10 Jun 2026/ })
    expect(timeline.getByText('1 before these weeks')).toBeTruthy()
    bar.focus()
    await user.keyboard('{Alt>}{ArrowRight}{ArrowDown}{/Alt}')
    await waitFor(() => expect(fieldsOf(goals)).toMatchObject({ start: '2026-06-16', due: '2026-06-18' }))
    await user.click(timeline.getByRole('button', { name: 'Another day for Goals' }))
    await user.click(await screen.findByRole('button', { name: 'No date' }))
    await waitFor(() => expect(fieldsOf(goals)?.start ?? fieldsOf(goals)?.due).toBeUndefined())
  })

  it('says of nothing that is done that it is overdue: by a ticked field, or by the board', async () => {
    const late = () => screen.findByRole('button', { name: /^\d overdue/ })
    server.documents.change(message, { fields: { due: '2026-06-11' } })
    openAt('?view=calendar&day=2026-06-15')
    expect((await late()).textContent).toContain('2 overdue')
    act(() => server.documents.change(goals, { fields: { due: '2026-06-10', reached: true } }))
    await waitFor(async () => expect((await late()).textContent).toContain('1 overdue'))
    act(() => {
      server.documents.answer(
        {
          ...{ op: 'upsert_chunk', document_id: documentId, natural_key: 'board:main', type: 'loom/board' },
          fields: { columns: [{ status: 'open', done: true }] },
        },
        null,
      )
    })
    await waitFor(async () => expect((await late()).textContent).toContain('0 overdue'))
  })

  it('moves a chunk by keys, and back by undo', async () => {
    openAt('?view=calendar&day=2026-06-15')
    const cell = await day('Wednesday, 10 June 2026')
    within(cell)
      .getByRole('button', { name: /^Goals/ })
      .focus()
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    await waitFor(() => expect(fieldsOf(goals)).toEqual({ due: '2026-06-11' }))
    await waitFor(() => expect(document.activeElement?.getAttribute('data-item')).toBe(goals))
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await waitFor(() => expect(fieldsOf(goals)).toEqual({ due: '2026-06-18' }))
    await user.click(screen.getByRole('button', { name: /^Undo changing due/ }))
    await waitFor(() => expect(fieldsOf(goals)).toEqual({ due: '2026-06-11' }))
  })

  it('gives a chunk a day from its menu, and takes it away', async () => {
    openAt('?view=calendar&day=2026-06-15')
    await user.click(await screen.findByRole('button', { name: 'Another day for Message' }))
    await user.type(screen.getByLabelText('Day'), '2026-06-20')
    await user.click(screen.getByRole('button', { name: 'Move' }))
    await waitFor(() => expect(fieldsOf(message)).toEqual({ due: '2026-06-20' }))
    await user.click(
      within(await day('Saturday, 20 June 2026')).getByRole('button', { name: 'Another day for Message' }),
    )
    await user.click(screen.getByRole('button', { name: 'No date' }))
    await waitFor(() => expect(fieldsOf(message)).toEqual({}))
  })

  it('goes from day to day by arrows, over the end of the month', async () => {
    openAt('?view=calendar&day=2026-06-30')
    ;(await day('Tuesday, 30 June 2026')).focus()
    await user.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^Tuesday, 7 July 2026/))
    expect(screen.getByRole('heading', { name: 'July 2026' })).toBeTruthy()
  })

  it('shows what many have on one day in a list of its own', async () => {
    for (const id of [goals, message]) server.documents.change(id, { fields: { due: '2026-06-10' } })
    const { chunkIds } = server.documents.add('/docs/other', ['Two', 'Three', 'Four'], {
      type: 'task',
      fields: { due: '2026-06-10' },
    })
    for (const id of chunkIds) Object.assign(server.documents.get(id), { document_id: documentId, parent_id: rootId })
    openAt('?view=calendar&day=2026-06-15')
    const cell = within(await day('Wednesday, 10 June 2026, 5 chunks'))
    await user.click(cell.getByRole('button', { name: '3 more' }))
    expect(within(await screen.findByRole('dialog')).getAllByRole('listitem')).toHaveLength(5)
  })
})

it('a document without dates says how it gets some', async () => {
  openAt('?view=calendar')
  await screen.findByText('Nothing has a date yet')
})

describe('a graph', () => {
  const edge = (from_id: string, to_id: string, kind: string) => ({ from_id, to_id, kind, auto: false })

  it('says when nothing is linked', async () => {
    openAt('?view=graph')
    await screen.findByText('Nothing is linked yet')
  })

  it('is a picture and a list, and follows what is linked', async () => {
    server.documents.edges = [edge(goals, message, 'leads_to')]
    openAt('?view=graph')
    const picture = within(await screen.findByRole('region', { name: 'Picture of the links' }))
    expect(picture.getAllByRole('button', { name: /1 link$/ })).toHaveLength(2)
    expect(picture.getByText('leads to')).toBeTruthy()
    expect(screen.getByText('2 linked chunks, 2 chunks without links')).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'List' }))
    const links = within(await screen.findByRole('region', { name: 'Links of Goals' }))
    expect(links.getByRole('listitem').textContent).toBe('leads toMessage')
    await user.click(links.getByRole('button', { name: 'Message' }))
    expect(await screen.findByRole('heading', { name: 'Message' })).toBeTruthy()
  })
})

describe('a page', () => {
  it('reads as one text, its headings as deep as its chunks, and follows what others write', async () => {
    server.documents.change(goals, { body: 'What we **want**' })
    openAt('?view=page')
    expect(await screen.findByRole('heading', { level: 3, name: 'Goals' })).toBeTruthy()
    expect(await screen.findByText('want')).toBeTruthy()
    await act(async () => void server.documents.change(goals, { body: 'What we need' }))
    expect(await screen.findByText('What we need')).toBeTruthy()
  })

  it('has a menu for each chunk', async () => {
    openAt('?view=page')
    const goalsOf = within(await screen.findByRole('region', { name: 'Goals' }))
    await user.click(goalsOf.getByRole('button', { name: 'More for this chunk' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Move down' }))
    await waitFor(() => expect(server.documents.childrenOf(rootId)).toEqual(['Message', 'Goals', 'Launch']))
    await user.click(screen.getByRole('button', { name: 'Open Goals' }))
    expect(await screen.findByRole('region', { name: 'Chunk' })).toBeTruthy()
  })
})

describe('saved views', () => {
  const views = () => within(screen.getByRole('navigation', { name: 'Saved views' }))

  it('are saved, changed, renamed and deleted, and deleting is undone', async () => {
    openAt('?view=table&status=open')
    await user.click(await screen.findByRole('button', { name: 'Save view' }))
    await user.keyboard('Mine{Enter}')
    const link = await screen.findByRole('link', { name: 'Mine' })
    expect(link.getAttribute('aria-current')).toBe('page')
    const saved = () => [...server.documents.chunks.values()].find(({ natural_key }) => natural_key === 'board:mine')
    expect(saved()).toMatchObject({ type: 'loom/board', fields: { view: 'table', filter: { status: ['open'] } } })
    expect(screen.getByText('3 of 4')).toBeTruthy()

    await user.click(screen.getByRole('button', { name: 'Remove the filter Status: open' }))
    await waitFor(() => expect(screen.queryByText('3 of 4')).toBeNull())
    await user.click(await screen.findByRole('button', { name: 'Save changes' }))
    await waitFor(() => expect(saved()?.fields).toEqual({ view: 'table' }))

    await user.click(screen.getByRole('button', { name: 'More for this view' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
    await user.clear(await screen.findByRole('textbox', { name: 'Name' }))
    await user.keyboard('Ours{Enter}')
    expect(await views().findByRole('link', { name: 'Ours' })).toBeTruthy()

    await user.click(screen.getByRole('button', { name: 'More for this view' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete the view' }))
    await waitFor(() => expect(screen.queryByRole('navigation', { name: 'Saved views' })).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo deleting “Ours”' }))
    expect(await views().findByRole('link', { name: 'Ours' })).toBeTruthy()
  })

  it('that cannot be saved keep what was typed, and say why', async () => {
    openAt('?view=table&status=open')
    await user.click(await screen.findByRole('button', { name: 'Save view' }))
    refuseOp(server, 'upsert_chunk', 'no room')
    await user.keyboard('Mine{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('no room')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Mine')
  })
})

describe('filters', () => {
  beforeEach(() => {
    const fields = [
      { name: 'cost', kind: 'number' },
      { name: 'owner', kind: 'person' },
    ]
    server.documents.types = [{ name: 'task', document_id: '', fields }]
    server.documents.change(goals, { fields: { cost: 5, owner: 'Ines' } })
    server.documents.change(message, { fields: { cost: 50, owner: 'Jonas' }, status: 'done' })
  })
  const filterBy = async (name: string) => {
    await user.click(await screen.findByRole('button', { name: 'Filter' }))
    await user.click(await screen.findByRole('menuitem', { name }))
  }

  it('take several values, and a field by its kind', async () => {
    openAt('?view=outline')
    await filterBy('Status')
    await user.click(await screen.findByRole('checkbox', { name: 'open' }))
    expect(await screen.findByText('2 of 4')).toBeTruthy()
    await user.click(screen.getByRole('checkbox', { name: 'done' }))
    expect(await screen.findByText('3 of 4')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(screen.getByRole('button', { name: 'Status: open, done' })).toBeTruthy()

    await filterBy('cost')
    await user.selectOptions(await screen.findByRole('combobox', { name: 'How it compares' }), 'is more than')
    await user.type(screen.getByRole('spinbutton', { name: 'Value' }), '9')
    expect(await screen.findByText('1 of 4')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'cost is more than 9' })).toBeTruthy()
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    await waitFor(() => expect(screen.queryByText(/of 4$/)).toBeNull())
  })

  it('take a person, and what is linked', async () => {
    server.documents.edges = [{ from_id: goals, to_id: message, kind: 'needs', auto: false }]
    openAt('?view=outline')
    await filterBy('owner')
    await user.click(await screen.findByRole('checkbox', { name: 'Ines' }))
    expect(await screen.findByText('1 of 4')).toBeTruthy()
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Remove the filter owner is Ines' }))
    await filterBy('Linked with')
    await user.click(within(await screen.findByRole('list', { name: 'Chunks' })).getByRole('button', { name: 'Goals' }))
    expect(await screen.findByText('1 of 4')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Linked with “Goals”' })).toBeTruthy()
  })
})

describe('a question in SQL', () => {
  const answers = (answer: object, status = 200) => {
    server.intercept = (_method, _path, body) =>
      (body as { sql?: string })?.sql ? Response.json(answer, { status }) : undefined
  }

  it('is asked, and a row that is a chunk opens it; or it is a card', async () => {
    answers({
      columns: ['id', 'title'],
      rows: [
        [goals, 'Goals'],
        [message, 'Message'],
      ],
    })
    openAt('?view=outline')
    await user.click(await screen.findByRole('button', { name: 'SQL' }))
    expect(await screen.findByText('2 rows')).toBeTruthy()
    await user.click(await screen.findByTitle('Message'))
    expect(await screen.findByRole('heading', { name: 'Message' })).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'Cards' }))
    expect(await screen.findByRole('button', { name: /^Goals/ })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Close the question' }))
    expect(await screen.findByRole('tree', { name: 'Outline' })).toBeTruthy()
  })

  it('that is refused says why, and stays to be changed', async () => {
    answers({ code: 'tool_refused', tool: 'Document', error: 'no such column: x' }, 422)
    openAt('?sql=select+x+from+chunks')
    expect((await screen.findByRole('alert')).textContent).toContain('no such column: x')
    answers({ columns: ['n'], rows: [] })
    await user.type(screen.getByRole('textbox', { name: 'SQL' }), ' limit 1')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText('Nothing fits')).toBeTruthy()
  })
})
