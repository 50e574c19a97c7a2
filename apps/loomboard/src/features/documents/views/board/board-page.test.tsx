// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { refuseOp, renderRoute } from '../../../../testing/render-route.tsx'
import { documentId, goals, goByTeam, message, rootId, server } from '../../testing/a-document-page.ts'
import { blog } from '../../testing/blog.ts'

let { user } = {} as ReturnType<typeof renderRoute>

/** Goals and Message are open, Launch is done. */
async function openBoard(search = ''): Promise<void> {
  const [, , launch] = [...server.documents.chunks.values()].filter(({ parent_id }) => parent_id === rootId)
  Object.assign(launch!, { status: 'done', rank: 'a0' })
  ;({ user } = renderRoute(server, `/documents/${documentId}${search}`))
  await screen.findByRole('region', { name: 'Board' })
}

const column = (name: RegExp) => screen.findByRole('region', { name })
const cards = async (name: RegExp) =>
  within(await column(name))
    .queryAllByRole('article')
    .map((card) => within(card).getByRole('heading').textContent)
const card = (name: RegExp) => screen.findByRole('article', { name })
const saveColumns = (columns: object[]) =>
  server.documents.answer(
    { op: 'upsert_chunk', document_id: documentId, natural_key: 'board:main', type: 'loom/board', fields: { columns } },
    null,
  )

describe('a document with cards', () => {
  it('is a board, with a column for each status', async () => {
    await openBoard()
    expect(await cards(/^Open, 2 cards$/)).toEqual(['Goals', 'Message'])
    expect(await cards(/^Done, 1 card$/)).toEqual(['Launch'])
    expect(screen.getByRole('link', { name: 'Board' }).getAttribute('aria-current')).toBe('page')
  })

  it('has the columns that were saved, empty ones too, and one for what they do not name', async () => {
    saveColumns([
      { status: 'todo', title: 'Ideas', about: 'What we might do.' },
      { status: 'open', limit: 2 },
    ])
    await openBoard()
    await column(/^Ideas, 0 cards$/)
    expect(screen.getByText('What we might do.')).toBeTruthy()
    expect(within(await column(/^Open/)).getByText('2/2')).toBeTruthy()
    expect(within(await column(/^Done/)).getByText('not in settings')).toBeTruthy()
    expect(screen.queryByText(/^These columns are made/)).toBeNull()
  })

  it('whose columns nobody has saved offers to', async () => {
    await openBoard()
    await user.click(screen.getByRole('button', { name: 'Save these columns' }))
    await waitFor(() => expect(screen.queryByText(/^These columns are made/)).toBeNull())
    expect(server.documents.board('main')).toMatchObject({
      columns: [{ status: 'open' }, { status: 'done', done: true }],
    })
  })

  it('in which nothing fits a filter says how much there is', async () => {
    await openBoard('?q=xylophone')
    expect(within(await column(/^Open/)).getByText('No card fits; 2 here.')).toBeTruthy()
  })
})

describe('the keyboard', () => {
  it('goes from card to card with one stop for Tab, and opens one', async () => {
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(await card(/^Message/))
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(await card(/^Launch/))
    expect(screen.getAllByRole('article').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('region', { name: 'Chunk' })).toBeTruthy()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('article', { name: /^Launch/ })))
  })

  it('moves a card to the column beside, and back with undo', async () => {
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await user.keyboard(']')
    expect(await cards(/^Done, 2 cards$/)).toEqual(['Launch', 'Goals'])
    await waitFor(() => expect(server.documents.get(goals).status).toBe('done'))
    await user.keyboard('{Control>}z{/Control}')
    expect(await cards(/^Open, 2 cards$/)).toEqual(['Goals', 'Message'])
  })

  it('lifts a card, says where it is, and puts it down there', async () => {
    await openBoard()
    ;(await card(/^Message/)).focus()
    await user.keyboard(' {ArrowRight}')
    expect(screen.getByText(/^Done, place 2 of 2/)).toBeTruthy()
    await user.keyboard('{ArrowUp} ')
    expect(await cards(/^Done, 2 cards$/)).toEqual(['Message', 'Launch'])
    await user.keyboard(' {ArrowLeft}{Escape}')
    expect(await cards(/^Done, 2 cards$/)).toEqual(['Message', 'Launch'])
  })

  it('writes several new cards in a row', async () => {
    await openBoard()
    ;(await card(/^Launch/)).focus()
    await user.keyboard('c')
    const field = await screen.findByRole('textbox', { name: 'Title of the new card in Done' })
    await user.type(field, 'One{Enter}')
    expect(await cards(/^Done, 2 cards$/)).toEqual(['Launch', 'One'])
    await user.type(field, 'Two{Enter}')
    expect(await cards(/^Done, 3 cards$/)).toEqual(['Launch', 'One', 'Two'])
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('textbox', { name: /^Title of the new card/ })).toBeNull()
  })

  it('stays with whoever goes elsewhere before a card that is moved has arrived', async () => {
    await openBoard()
    const [moved, other] = [await card(/^Goals/), await card(/^Message/)]
    moved.focus()
    fireEvent.keyDown(moved, { key: ']' })
    other.focus()
    fireEvent.keyDown(other, { key: 'c' })
    const field = await screen.findByRole('textbox', { name: 'Title of the new card in Open' })
    for (let frame = 0; frame < 3; frame++) await act(() => new Promise(requestAnimationFrame))
    expect(document.activeElement).toBe(field)
  })

  it('writes the next new card while the one before is on its way', async () => {
    await openBoard()
    ;(await card(/^Launch/)).focus()
    await user.keyboard('c')
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /^Title of the new card/ })
    const answers: (() => void)[] = []
    server.intercept = async (_method, _path, body) => {
      const { op, title } = (body ?? {}) as { op?: string; title?: string }
      if (op !== 'create_chunk') return undefined
      await new Promise<void>((answer) => answers.push(answer))
      if (title !== 'Two') return undefined
      return Response.json({ code: 'tool_refused', tool: 'Document', error: 'no room' }, { status: 422 })
    }
    await user.type(field, 'One{Enter}Two{Enter}Thr')
    expect(field.value).toBe('Thr')
    await waitFor(() => expect(answers).toHaveLength(1))
    answers[0]!()
    await waitFor(() => expect(answers).toHaveLength(2))
    answers[1]!()
    expect((await screen.findByRole('alert')).textContent).toContain('no room')
    expect(field.value).toBe('Two Thr')
    expect(await cards(/^Done, 2 cards$/)).toEqual(['Launch', 'One'])
  })

  it.each([
    [true, undefined],
    [false, 'task'],
  ])('has the type of the one above it, unless a field of it is required (%s)', async (required, type) => {
    server.documents.types = [{ name: 'task', document_id: '', fields: [{ name: 'due', kind: 'date', required }] }]
    const [, , launch] = [...server.documents.chunks.values()].filter(({ parent_id }) => parent_id === rootId)
    launch!.type = 'task'
    await openBoard()
    ;(await card(/^Launch/)).focus()
    await user.keyboard('c')
    await user.type(await screen.findByRole('textbox', { name: /^Title of the new card/ }), 'One{Enter}')
    expect(await cards(/^Done, 2 cards$/)).toEqual(['Launch', 'One'])
    expect([...server.documents.chunks.values()].find(({ title }) => title === 'One')?.type).toBe(type)
  })

  it('keeps the words of a card that could not be added', async () => {
    await openBoard()
    ;(await card(/^Launch/)).focus()
    await user.keyboard('c')
    refuseOp(server, 'create_chunk', 'no room')
    const field = await screen.findByRole('textbox', { name: /^Title of the new card/ })
    await user.type(field, 'Mine{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('no room')
    expect((field as HTMLTextAreaElement).value).toBe('Mine')
  })

  it('edits a title in place; Escape leaves it as it was', async () => {
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await user.keyboard('eAims{Enter}')
    await waitFor(() => expect(server.documents.get(goals).title).toBe('Aims'))
    ;(await card(/^Aims/)).focus()
    await user.keyboard('eOther{Escape}')
    expect(await card(/^Aims/)).toBeTruthy()
    await waitFor(() => expect(server.documents.get(goals).title).toBe('Aims'))
  })

  it('selects cards, and moves them together', async () => {
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await user.keyboard('x{ArrowDown}x')
    expect(screen.getByText('2 selected')).toBeTruthy()
    await user.keyboard(']')
    await waitFor(async () => expect(await cards(/^Done, 3 cards$/)).toHaveLength(3))
  })
})

describe('a move that is not allowed', () => {
  it('is said before it is tried, with the reason', async () => {
    saveColumns([{ status: 'open' }, { status: 'done', limit: 1 }])
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await user.keyboard('s')
    const items = await screen.findAllByRole('menuitem')
    expect(items.map(({ textContent }) => textContent)).toEqual(['Open', 'DoneDone is full: it takes 1 card.'])
    expect(items[1]?.getAttribute('aria-disabled')).toBe('true')
  })

  it('by key stays before the column that is full, and everybody sees why', async () => {
    saveColumns([{ status: 'open' }, { status: 'done', limit: 1 }, { status: 'later' }])
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await user.keyboard(']')
    expect(await screen.findByText('Done is full: it takes 1 card.')).toBeTruthy()
    expect(await cards(/^Open, 2 cards$/)).toEqual(['Goals', 'Message'])
  })

  it('is said while the card is carried by key, and comes to nothing', async () => {
    goByTeam(blog)
    for (const id of [goals, message]) server.documents.change(id, { status: 'draft' })
    await openBoard()
    await column(/^Posted, 0 cards$/)
    ;(await card(/^Goals/)).focus()
    await user.keyboard(' {ArrowRight}')
    await screen.findByText('Check, place 1 of 1')
    await user.keyboard('{ArrowRight}')
    await screen.findAllByText('From Draft blog leads to Check.')
    await user.keyboard(' ')
    expect(await cards(/^Draft, 2 cards$/)).toEqual(['Goals', 'Message'])
    await user.keyboard(' {ArrowRight} ')
    await waitFor(() => expect(server.documents.get(goals).status).toBe('check'))
  })

  it('by the server is taken back, with what it says', async () => {
    server.documents.limits.set('done', 1)
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await user.keyboard(']')
    await waitFor(async () => expect(await cards(/^Open, 2 cards$/)).toEqual(['Goals', 'Message']))
  })
})

describe('what others do', () => {
  it('moves a card at once, and it wears their name', async () => {
    await openBoard()
    await act(async () => server.documents.moveByOthers(message, 'done'))
    await waitFor(async () => expect(await cards(/^Done, 2 cards$/)).toEqual(['Launch', 'Message']))
    expect(within(await card(/^Message/)).getByText('drafter')).toBeTruthy()
  })

  it('moves no card that one is on: it waits there, to be followed', async () => {
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await act(async () => server.documents.moveByOthers(goals, 'done'))
    expect(await screen.findByText('drafter moved this to Done')).toBeTruthy()
    expect(await cards(/^Open, 2 cards$/)).toEqual(['Goals', 'Message'])
    await user.click(screen.getByRole('button', { name: 'Follow' }))
    await waitFor(async () => expect(await cards(/^Done, 2 cards$/)).toEqual(['Launch', 'Goals']))
  })

  it('is undone by whoever keeps the card where it was', async () => {
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await act(async () => server.documents.moveByOthers(goals, 'done'))
    await user.click(await screen.findByRole('button', { name: 'Keep here' }))
    await waitFor(() => expect(server.documents.get(goals).status).toBe('open'))
    await waitFor(() => expect(screen.queryByText(/moved this to/)).toBeNull())
  })

  it('moves what one was on when one leaves it', async () => {
    await openBoard()
    ;(await card(/^Goals/)).focus()
    await act(async () => server.documents.moveByOthers(goals, 'done'))
    await screen.findByText('drafter moved this to Done')
    await user.keyboard('{ArrowDown}')
    await waitFor(async () => expect(await cards(/^Done, 2 cards$/)).toEqual(['Launch', 'Goals']))
  })
})

describe('a column', () => {
  const edit = async (name: string) => {
    await user.click(screen.getByRole('button', { name: `More for the column ${name}` }))
    await user.click(await screen.findByRole('menuitem', { name: 'Column settings…' }))
    return within(await screen.findByRole('dialog'))
  }

  it('is named, limited and described for everybody', async () => {
    await openBoard()
    const dialog = await edit('Open')
    await user.clear(dialog.getByRole('textbox', { name: 'Title' }))
    await user.type(dialog.getByRole('textbox', { name: 'Title' }), 'To do')
    await user.type(dialog.getByRole('spinbutton'), '5')
    await user.click(dialog.getByRole('radio', { name: 'pink' }))
    const starts = dialog.getByRole('combobox', { name: /^Agent that starts/ })
    await user.selectOptions(starts, await within(starts).findByRole('option', { name: server.agents[0]!.name }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await column(/^To do, 2 cards$/)
    expect(server.documents.board('main')).toMatchObject({
      columns: [
        { status: 'open', title: 'To do', color: 'pink', limit: 5, agent: server.agents[0]!.name },
        { status: 'done' },
      ],
    })
    await user.selectOptions((await edit('To do')).getByRole('combobox', { name: /^Agent that starts/ }), 'Nobody')
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(server.documents.board('main')?.columns).not.toMatchObject([{ agent: expect.anything() }, {}]),
    )
  })

  it('is moved, and taken back with undo', async () => {
    await openBoard()
    await user.click(screen.getByRole('button', { name: 'More for the column Open' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Move right' }))
    const statuses = () =>
      (server.documents.board('main')?.columns as { status: string }[])?.map(({ status }) => status)
    await waitFor(() => expect(statuses()).toEqual(['done', 'open']))
  })

  it('that is removed keeps its cards, at the end', async () => {
    await openBoard()
    const dialog = await edit('Open')
    await user.click(dialog.getByRole('button', { name: 'Remove the column' }))
    await waitFor(async () => expect(within(await column(/^Open, 2 cards$/)).getByText('not in settings')).toBeTruthy())
    expect(await cards(/^Open/)).toEqual(['Goals', 'Message'])
  })

  it('is added behind the others', async () => {
    await openBoard()
    await user.click(screen.getByRole('button', { name: 'Add a column' }))
    await user.keyboard('In review{Enter}')
    await column(/^In review, 0 cards$/)
  })
})

describe('a document without cards', () => {
  const open = () => {
    for (const chunk of server.documents.chunks.values()) chunk.status = ''
    ;({ user } = renderRoute(server, `/documents/${documentId}?view=board`))
  }

  it('gets columns with the first card that is written', async () => {
    open()
    await user.click(await screen.findByRole('button', { name: 'Write a card' }))
    await user.type(await screen.findByRole('textbox', { name: 'Title of the new card in To do' }), 'First{Enter}')
    expect(await cards(/^To do, 1 card$/)).toEqual(['First'])
    await column(/^Doing, 0 cards$/)
  })

  it('can be planned by an agent that has documents, and by no other', async () => {
    server.agents = [
      { name: 'talker', source: 'own', default: true },
      { name: 'planner', source: 'own', documents: true },
    ]
    open()
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Let an agent plan' })).toHaveProperty('disabled', false),
    )
    await user.click(screen.getByRole('button', { name: 'Let an agent plan' }))
    const dialog = await screen.findByRole('dialog', { name: 'Let an agent plan' })
    expect(
      within(dialog)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['planner'])
    await user.type(within(dialog).getByRole('textbox', { name: 'What it is to do' }), 'a launch')
    await user.click(within(dialog).getByRole('button', { name: 'Ask' }))
    await waitFor(() => {
      const comment = [...server.documents.chunks.values()].find(({ type }) => type === 'comment')
      expect(comment).toMatchObject({
        parent_id: rootId,
        body: '@planner Plan what is to be done here, each step as a card with the status todo: a launch',
        fields: { mentions: ['planner'] },
      })
    })
  })

  it('says why no agent can plan it', async () => {
    server.agents = [{ name: 'talker', source: 'own', default: true }]
    open()
    await screen.findByText(/^No agent here has documents/)
    expect(screen.getByRole('button', { name: 'Let an agent plan' })).toHaveProperty('disabled', true)
    await user.click(screen.getByRole('button', { name: 'Import a board' }))
    await screen.findByRole('dialog', { name: 'Import' })
    await user.keyboard('{Escape}')
  })
})

it('lanes cross the columns', async () => {
  server.documents.change(goals, { fields: { owner: 'Ines' } })
  await openBoard('?lanes=field:owner')
  const lane = await screen.findByRole('region', { name: 'Ines, 1' })
  const goalsList = within(lane)
    .getByRole('article', { name: /^Goals/ })
    .closest('ul')
  expect(within(lane).getByRole('list', { name: 'Open' })).toBe(goalsList)
})
