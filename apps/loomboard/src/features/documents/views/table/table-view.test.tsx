// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { goals, goByTeam, kept, message, openAt, server, user } from '../../testing/a-document-page.ts'
import { blog } from '../../testing/blog.ts'

const fields = [
  { name: 'due', kind: 'date' },
  { name: 'cost', kind: 'number' },
  { name: 'size', kind: 'select', options: ['small', 'large'] },
  { name: 'ready', kind: 'checkbox' },
]

beforeEach(() => {
  server.documents.types = [{ name: 'task', document_id: '', fields }]
})

const grid = () => screen.findByRole('grid', { name: 'Table' })
const row = (name: RegExp) => screen.findByRole('row', { name })
const fieldsOf = (id: string) => server.documents.get(id).fields
const rows = () =>
  screen.getAllByRole('rowheader').map(({ textContent }) => textContent?.replace(/changed by \w+$/, ''))
const selected = async () => within(await screen.findByRole('region', { name: 'Selected chunks' }))
/** To a cell of the first row: so many to the right. */
async function at(columns: number): Promise<void> {
  ;(await grid()).focus()
  await user.keyboard('{ArrowRight}'.repeat(columns))
}
const [status, due, cost, size, ready, tags] = [1, 3, 4, 5, 6, 7]

describe('a table', () => {
  it('has a row for each chunk and a column for each field of its type', async () => {
    openAt('?view=table')
    await row(/Goals/)
    await screen.findByRole('columnheader', { name: /due/ })
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      ...['Title', 'Status', 'Type', 'due', 'cost', 'size', 'ready', 'Tags'],
    ])
    expect(rows()).toEqual(['Goals', 'Message', 'Launch'])
  })

  it('is sorted by a head, then the other way round, then not, and the address says so', async () => {
    server.documents.change(goals, { fields: { cost: 5 } })
    server.documents.change(message, { fields: { cost: 9 } })
    openAt('?view=table')
    await row(/Goals/)
    const sortByCost = () => user.click(screen.getByRole('button', { name: 'cost' }))
    await sortByCost()
    await sortByCost()
    await waitFor(() => expect(rows()).toEqual(['Message', 'Goals', 'Launch']))
    expect(screen.getByRole('columnheader', { name: /cost/ }).getAttribute('aria-sort')).toBe('descending')
    await sortByCost()
    await waitFor(() => expect(rows()).toEqual(['Goals', 'Message', 'Launch']))
  })

  it('has columns that are made wider and narrower by keys and by hand, and the address says so', async () => {
    openAt('?view=table')
    await row(/Goals/)
    const head = (name: RegExp) => screen.getByRole('columnheader', { name })
    await at(due)
    await user.keyboard('{Alt>}{ArrowRight}{ArrowRight}{/Alt}')
    await waitFor(() => expect(head(/^due/).style.width).toBe('11rem'))
    screen.getByText('due is 11 wide.')
    const edge = head(/Title/).querySelector('[title^="Drag"]')!
    await user.pointer([
      { keys: '[MouseLeft>]', target: edge, coords: { x: 300 } },
      { target: edge, coords: { x: 364 } },
      { keys: '[/MouseLeft]', target: edge, coords: { x: 364 } },
    ])
    await waitFor(() => expect(head(/Title/).style.width).toBe('24.25rem'))
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    await waitFor(() => expect(head(/^due/).style.width).toBe('10rem'))
  })

  it('says when nothing fits, with the way back', async () => {
    openAt('?view=table&status=nope')
    await screen.findByText('No chunk fits')
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }))
    await row(/Goals/)
  })

  it('opens the chunk of a row', async () => {
    openAt('?view=table')
    await user.click(await screen.findByRole('button', { name: 'Message' }))
    expect(await screen.findByRole('heading', { name: 'Message' })).toBeTruthy()
  })
})

describe('a cell', () => {
  it.each([
    ['a date', due, '2026-06-30', { due: '2026-06-30' }],
    ['a number', cost, '12,5', { cost: 12.5 }],
  ] as const)('takes %s', async (_what, column, text, expected) => {
    openAt('?view=table')
    await at(column)
    await user.keyboard('{Enter}')
    const input = within(await row(/Goals/)).getByLabelText<HTMLInputElement>(column === due ? 'due' : 'cost')
    await user.type(input, text)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(fieldsOf(goals)).toEqual(expected))
    expect(document.activeElement).toBe(await grid())
  })

  it('takes a choice, a status and tags', async () => {
    openAt('?view=table')
    await at(size)
    await user.keyboard('{Enter}')
    await user.selectOptions(screen.getByRole('combobox', { name: 'size' }), 'large')
    await waitFor(() => expect(fieldsOf(goals)).toEqual({ size: 'large' }))
    await user.keyboard('{Home}{ArrowRight}{Enter}')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'No status')
    await waitFor(() => expect(server.documents.get(goals).status).toBe(''))
    await user.keyboard('{End}{Enter}')
    await user.keyboard('#a, b{Enter}')
    await waitFor(() => expect(server.documents.get(goals).tags).toEqual(['a', 'b']))
    expect(tags).toBe(7)
  })

  it('offers a status only where the team of the board leads there, and is not emptied against it', async () => {
    goByTeam(blog)
    server.documents.change(goals, { status: 'draft' })
    openAt('?view=table')
    await at(status)
    await user.keyboard('{Enter}')
    const refused = await screen.findByRole('group', { name: 'From Draft blog leads to Check.' })
    expect(within(refused).getByRole('option', { name: 'Posted' })).toBeTruthy()
    await user.keyboard('{Escape}{Delete}')
    await screen.findByText('From Draft blog leads to Check.')
    expect(server.documents.get(goals).status).toBe('draft')
  })

  it('is ticked in place', async () => {
    openAt('?view=table')
    await at(ready)
    await user.keyboard(' ')
    await waitFor(() => expect(fieldsOf(goals)).toEqual({ ready: true }))
    await user.keyboard(' ')
    await waitFor(() => expect(fieldsOf(goals)).toEqual({}))
  })

  it('is as it was after Escape, and empty after Delete', async () => {
    server.documents.change(goals, { fields: { cost: 5 } })
    openAt('?view=table')
    await at(cost)
    await user.keyboard('{Enter}77{Escape}')
    expect(fieldsOf(goals)).toEqual({ cost: 5 })
    expect(kept()).toEqual([])
    await user.keyboard('{Delete}')
    await waitFor(() => expect(fieldsOf(goals)).toEqual({}))
  })

  it('goes on with Tab, and what is no number stays and says so', async () => {
    openAt('?view=table')
    await at(cost)
    await user.keyboard('{Enter}ten{Tab}')
    expect((await screen.findByRole('alert')).textContent).toBe('“ten” is not a number.')
    await user.keyboard('{Backspace}{Backspace}{Backspace}10{Tab}{Enter}')
    expect(screen.getByRole('combobox', { name: 'size' })).toBeTruthy()
    await waitFor(() => expect(fieldsOf(goals)).toEqual({ cost: 10 }))
  })

  it('keeps its row where it is while one writes in it', async () => {
    openAt('?view=table&sort=title')
    await row(/Goals/)
    await at(status)
    await user.keyboard('{Home}e')
    await user.keyboard('Zoo')
    await act(async () => void server.documents.change(message, { title: 'Aaa' }))
    await screen.findByRole('button', { name: 'Aaa' })
    expect(rows()).toHaveLength(3)
    expect(screen.getAllByRole('row')[1]?.contains(document.activeElement)).toBe(true)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(rows()).toEqual(['Aaa', 'Launch', 'Zoo']))
  })
})

describe('several rows', () => {
  it('are selected by key, in a range, all and none', async () => {
    openAt('?view=table')
    ;(await grid()).focus()
    await user.keyboard('x')
    await screen.findByText('1 selected')
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    await screen.findByText('2 selected')
    await user.keyboard('{Control>}a{/Control}')
    await screen.findByText('3 selected')
    await user.keyboard('{Escape}')
    expect(screen.queryByText(/selected$/)).toBeNull()
  })

  it('get a status together, and it is undone together', async () => {
    openAt('?view=table')
    ;(await grid()).focus()
    await user.keyboard('x{Shift>}{ArrowDown}{/Shift}')
    await user.click((await selected()).getByRole('button', { name: 'Status' }))
    await user.click(await screen.findByRole('checkbox', { name: 'No status' }))
    await waitFor(() => expect([goals, message].map((id) => server.documents.get(id).status)).toEqual(['', '']))
    await user.click(await screen.findByRole('button', { name: 'Undo setting the status of 2 chunks' }))
    await waitFor(() => expect([goals, message].map((id) => server.documents.get(id).status)).toEqual(['open', 'open']))
  })

  it('get a status as far as their team lets them, and the others stay', async () => {
    goByTeam(blog)
    server.documents.change(goals, { status: 'draft' })
    server.documents.change(message, { status: 'check' })
    openAt('?view=table')
    ;(await grid()).focus()
    await user.keyboard('x{Shift>}{ArrowDown}{/Shift}')
    await user.click((await selected()).getByRole('button', { name: 'Status' }))
    const posted = await screen.findByRole<HTMLInputElement>('checkbox', { name: /^Posted/ })
    expect(posted.labels?.[0]?.textContent).toContain('From Draft blog leads to Check.')
    expect(posted.disabled).toBe(true)
    await user.click(screen.getByRole('checkbox', { name: 'Review' }))
    await waitFor(() => expect(server.documents.get(message).status).toBe('review'))
    await screen.findByText('1 chunk changed, the others stay.')
    expect(server.documents.get(goals).status).toBe('draft')
  })

  it('of which one is refused are told apart, and it can be given up', async () => {
    server.intercept = (_method, _path, body) =>
      (body as { op?: string; id?: string })?.op === 'move_card' && (body as { id?: string }).id === message
        ? Response.json({ code: 'tool_refused', tool: 'Document', error: 'the column is full' }, { status: 422 })
        : undefined
    openAt('?view=table')
    ;(await grid()).focus()
    await user.keyboard('{Control>}a{/Control}')
    await user.click((await selected()).getByRole('button', { name: 'Status' }))
    await user.click(await screen.findByRole('checkbox', { name: 'No status' }))
    const told = within(await screen.findByRole('region', { name: 'Not changed' }))
    expect(told.getByRole('button', { name: /Message/ }).textContent).toContain('the column is full')
    expect(server.documents.get(goals).status).toBe('')
    await user.click(told.getByRole('button', { name: 'Discard' }))
    expect(screen.queryByRole('region', { name: 'Not changed' })).toBeNull()
    expect(server.documents.get(message).status).toBe('open')
  })

  it('get a tag and a field, are moved, and are deleted', async () => {
    openAt('?view=table')
    ;(await grid()).focus()
    await user.keyboard('x{Shift>}{ArrowDown}{/Shift}')
    await user.click((await selected()).getByRole('button', { name: 'Tags' }))
    await user.type(screen.getByRole('textbox', { name: 'Find among tags' }), 'new')
    await user.click(screen.getByRole('button', { name: 'Add “new”' }))
    await waitFor(() => expect(server.documents.get(message).tags).toEqual(['new']))
    await user.keyboard('{Escape}')
    await user.click((await selected()).getByRole('button', { name: 'Field' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Field' }), 'cost')
    await user.type(screen.getByRole('textbox', { name: 'Value' }), '3')
    await user.click(screen.getByRole('button', { name: 'Set it for 2' }))
    await waitFor(() => expect(fieldsOf(goals)).toEqual({ cost: 3 }))
    await user.click(screen.getByRole('button', { name: 'Move' }))
    await user.click(within(screen.getByRole('list', { name: 'Chunks' })).getByRole('button', { name: 'Launch' }))
    const launch = [...server.documents.chunks.values()].find(({ title }) => title === 'Launch')!
    await waitFor(() => expect(server.documents.childrenOf(launch.id)).toEqual(['Goals', 'Message']))
    await user.click(screen.getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(rows()).toEqual(['Launch']))
    await user.click(screen.getByRole('button', { name: 'Undo deleting 2 chunks' }))
    await waitFor(() => expect(rows()).toHaveLength(3))
  })
})
