// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  documentId,
  goals,
  goByTeam,
  inPanel,
  isSaved,
  kept,
  line,
  lines,
  open,
  openAt,
  panel,
  refuse,
  rootId,
  server,
  user,
} from './testing/a-document-page.ts'
import { blog } from './testing/blog.ts'
import { idle } from './writing/testing/a-plan.ts'

describe('a document', () => {
  it.each([
    ...[
      '?view=board&where=x',
      '?view=table&show=x',
      '?view=table&widths=x',
      '?view=board&q=[1]',
      '?view=table&sort=[]',
    ],
    ...['?view=table&tags={}', '?card=[]', '?changed=1&lanes={}', '?tag=[]'],
  ])('is there at an address that says nothing that makes sense: %s', async (search) => {
    openAt(search)
    expect(await screen.findByRole('searchbox', { name: 'Search in this document' })).toBeTruthy()
    await screen.findAllByText('Goals')
    expect(screen.queryByText('This page could not be shown')).toBeNull()
  })

  it('is loading, then there', async () => {
    open()
    expect(await screen.findByRole('status', { name: 'Loading the document' })).toBeTruthy()
    await line(/^Goals/)
    expect(lines()).toEqual(['plan', 'Goals', 'Message', 'Launch'])
    expect(screen.getByText(/^4 chunks/)).toBeTruthy()
  })

  it('misses nothing of what is done while it is being read', async () => {
    let isFirst = true
    server.intercept = async (_method, _path, body) => {
      if (!isFirst || (body as { op?: string } | undefined)?.op !== 'get_document') return undefined
      isFirst = false
      await idle()
      server.documents.change(goals, { title: 'Meanwhile' })
      return undefined
    }
    open()
    expect(await line(/^Meanwhile/)).toBeTruthy()
  })

  it('that cannot be read says why, and is tried again', async () => {
    server.intercept = (_method, path) =>
      path === '/v1/_document' ? new Response('{"code":"internal","error":"disk full"}', { status: 507 }) : undefined
    open()
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('disk full')
    server.intercept = undefined
    await user.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(await line(/^Goals/)).toBeTruthy()
  })

  it('in which nothing fits a filter says so, with the way back', async () => {
    openAt('?status=done')
    await screen.findByText('No chunk fits')
    await user.click(screen.getAllByRole('button', { name: 'Show all' })[0]!)
    expect(await line(/^Goals/)).toBeTruthy()
  })
})

describe('the title of a chunk', () => {
  it('is written in place, and shows everywhere at once', async () => {
    open(goals)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Edit the title' }))
    await user.keyboard('Aims')
    expect(await line(/^Aims/)).toBeTruthy()
    expect(server.documents.get(goals).title).toBe('Goals')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(server.documents.get(goals)).toMatchObject({ title: 'Aims', revision: 2 }))
    expect((await inPanel()).getByRole('heading', { name: 'Aims' })).toBeTruthy()
    await isSaved()
  })

  it('is as it was after Escape', async () => {
    open(goals)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Edit the title' }))
    await user.keyboard('Other{Escape}')
    expect((await inPanel()).getByRole('heading', { name: 'Goals' })).toBeTruthy()
    expect(await panel()).toBeTruthy()
    expect(server.documents.get(goals).revision).toBe(1)
    expect(kept()).toEqual([])
  })

  it('that others change while one looks at it in the field is theirs after Escape', async () => {
    open(goals)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Edit the title' }))
    await act(async () => void server.documents.change(goals, { title: 'Theirs' }))
    await waitFor(() =>
      expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Title' }).value).toBe('Theirs'),
    )
    await user.keyboard('{Escape}')
    expect((await inPanel()).getByRole('heading', { name: 'Theirs' })).toBeTruthy()
    expect(server.documents.get(goals)).toMatchObject({ title: 'Theirs', revision: 2 })
  })

  it('that others change while one writes is theirs after Escape, too', async () => {
    open(goals)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Edit the title' }))
    await user.keyboard('Mine')
    await act(async () => void server.documents.change(goals, { title: 'Theirs' }))
    await screen.findByRole('region', { name: 'Two versions' })
    await user.keyboard('{Escape}')
    expect((await inPanel()).getByRole('heading', { name: 'Theirs' })).toBeTruthy()
    await waitFor(() => expect(kept()).toEqual([]))
    expect(server.documents.get(goals)).toMatchObject({ title: 'Theirs', revision: 2 })
  })

  it('of the document’s own chunk is the document’s', async () => {
    open(rootId)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Edit the title' }))
    await user.keyboard('Plan B{Enter}')
    expect(await screen.findByRole('heading', { level: 1, name: 'Plan B' })).toBeTruthy()
  })
})

describe('the text of a chunk', () => {
  const write = async (words: string) => {
    await user.click(await (await inPanel()).findByRole('button', { name: /^(?:Edit the|Write a) text$/ }))
    await user.keyboard(words)
  }

  it('is written as Markdown, kept while it is typed, and saved when one is done', async () => {
    open(goals)
    await write('For people')
    expect(kept()).toHaveLength(1)
    expect(server.documents.get(goals).body).toBe('')
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(server.documents.get(goals).body).toBe('For people'))
    expect(await (await inPanel()).findByText('For people')).toBeTruthy()
    await waitFor(() => expect(kept()).toEqual([]))
  })

  it('is not disturbed by what others change meanwhile', async () => {
    open(goals)
    await write('For peo')
    await act(async () => void server.documents.change(goals, { title: 'Aims', status: 'done' }))
    expect(await (await inPanel()).findByRole('heading', { name: 'Aims' })).toBeTruthy()
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text, in Markdown' })
    expect(field.value).toBe('For peo')
    expect(document.activeElement).toBe(field)
    await user.keyboard('ple{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(server.documents.get(goals)).toMatchObject({ body: 'For people', title: 'Aims', status: 'done' }),
    )
  })

  it.each(['Keep mine', 'Take theirs'])('that others have written, too, is a choice: %s', async (choice) => {
    open(goals)
    await write('Mine')
    await act(async () => void server.documents.change(goals, { body: 'Theirs' }))
    const versions = within(await screen.findByRole('region', { name: 'Two versions of the text' }))
    expect(versions.getByRole('alert').textContent).toContain('drafter has changed the same text. 1 place differs')
    expect(versions.getByText('Theirs', { selector: 'mark' })).toBeTruthy()
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text, in Markdown' }).value).toBe('Mine')
    expect((await inPanel()).getByText('Not saved')).toBeTruthy()
    await user.click(versions.getByRole('button', { name: choice }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Two versions of the text' })).toBeNull())
    await isSaved()
    expect(server.documents.get(goals).body).toBe(choice === 'Keep mine' ? 'Mine' : 'Theirs')
    expect(kept()).toEqual([])
  })

  it('that one has written elsewhere oneself speaks of nobody else', async () => {
    open(goals)
    await write('Here')
    await act(async () => void server.documents.change(goals, { body: 'There' }, { kind: 'user', id: 'default' }))
    const versions = within(await screen.findByRole('region', { name: 'Two versions of the text' }))
    expect(versions.getByRole('alert').textContent).toContain('You have changed the same text elsewhere')
    await user.click(versions.getByRole('button', { name: 'Take what is saved' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Two versions of the text' })).toBeNull())
    expect(server.documents.get(goals).body).toBe('There')
  })

  it('that others have written, too, makes room for both once a press is over, or at a key', async () => {
    open(goals)
    await write('Mine')
    await act(async () => void server.documents.change(goals, { body: 'Theirs' }))
    const versions = await screen.findByRole('region', { name: 'Two versions of the text' })
    const place = within(versions).getByRole('group')
    expect(versions.dataset.wide).toBeUndefined()
    await user.pointer({ keys: '[MouseLeft>]', target: place })
    expect(document.activeElement).toBe(place)
    expect(versions.dataset.wide).toBeUndefined()
    await user.pointer('[/MouseLeft]')
    expect(versions.dataset.wide).toBe('true')
  })

  it('of which others have written another part is saved with both, and one line says so', async () => {
    await act(async () => void server.documents.change(goals, { body: 'One.\n\nTwo.\n' }))
    open(goals)
    await write('{Control>}{End}{/Control}Three.')
    await act(async () => void server.documents.change(goals, { body: 'One, theirs.\n\nTwo.\n' }))
    const both = 'One, theirs.\n\nTwo.\nThree.'
    await waitFor(() =>
      expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text, in Markdown' }).value).toBe(both),
    )
    expect(await screen.findByText('Merged with drafter’s change')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'See' }))
    expect(await screen.findByText('+One, theirs.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(server.documents.get(goals).body).toBe(both))
    await user.click(screen.getByRole('button', { name: 'Undo theirs' }))
    await waitFor(() => expect(server.documents.get(goals).body).toBe('One.\n\nTwo.\nThree.'))
    expect(screen.queryByText('Merged with drafter’s change')).toBeNull()
  })

  it('in several places is decided place by place, with what only one has changed', async () => {
    const lines = (...words: string[]) => words.join('\n\n')
    await act(async () => void server.documents.change(goals, { body: lines('# Head', 'One.', 'Two.', 'Three.') }))
    localStorage.setItem(
      `loomboard.edit.${documentId}.${goals}.gone`,
      JSON.stringify({
        edit: {
          revision: 2,
          before: { body: lines('# Head', 'One.', 'Two.', 'Three.') },
          waiting: { body: lines('# Head', 'One, mine.', 'Two.', 'Three, mine.') },
        },
      }),
    )
    server.documents.change(goals, { body: lines('# Head', 'One, theirs.', 'Two, theirs.', 'Three, theirs.') })
    open(goals)
    const versions = within(await screen.findByRole('region', { name: 'Two versions of the text' }))
    const [first] = await versions.findAllByRole('group', { name: /^Place \d of 2, under “Head”$/ })
    const text = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text, in Markdown' }).value
    expect(text()).toBe(lines('# Head', 'One, mine.', 'Two, theirs.', 'Three, mine.'))
    first?.focus()
    await user.keyboard('t')
    expect(text()).toBe(lines('# Head', 'One, theirs.', 'Two, theirs.', 'Three, mine.'))
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toContain('Place 1 of 1'))
    await user.keyboard('b')
    const decided = lines('# Head', 'One, theirs.', 'Two, theirs.', 'Three, theirs.', 'Three, mine.')
    await waitFor(() => expect(server.documents.get(goals).body).toBe(decided))
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Text, in Markdown'))
  })

  it('waits for the network, and goes when it is back', async () => {
    open(goals)
    await write('Later')
    server.down = true
    await user.click(screen.getByRole('button', { name: 'Done' }))
    expect(await (await inPanel()).findByText('Waiting to be saved')).toBeTruthy()
    expect((await inPanel()).getByRole('alert').textContent).toContain('tried again by itself')
    expect(kept()).toHaveLength(1)
    server.down = false
    await user.click((await inPanel()).getByRole('button', { name: 'Try again' }))
    await isSaved()
    expect(server.documents.get(goals).body).toBe('Later')
  })

  it('that was typed before a reload is there again, and is saved', async () => {
    const edit = { revision: 1, before: { body: '' }, waiting: { body: 'Before' } }
    localStorage.setItem(`loomboard.edit.${documentId}.${goals}.gone`, JSON.stringify({ edit }))
    open()
    await line(/^Goals/)
    await waitFor(() => expect(server.documents.get(goals).body).toBe('Before'))
    await waitFor(() => expect(kept()).toEqual([]))
  })
})

it('what another tab has typed stays that tab’s, whatever this one saves', async () => {
  const theirs = `loomboard.edit.${documentId}.${goals}.other`
  const edit = { revision: 1, before: { body: '' }, waiting: { body: 'Theirs' } }
  localStorage.setItem(theirs, JSON.stringify({ edit }))
  localStorage.setItem('loomboard.alive.other', String(Date.now()))
  open(goals)
  await user.click(await (await inPanel()).findByRole('button', { name: 'Write a text' }))
  await user.keyboard('Mine')
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await isSaved()
  expect(server.documents.get(goals).body).toBe('Mine')
  expect(kept()).toEqual([theirs])
})

describe('status, tags and fields', () => {
  it('a status is chosen, taken away, or new', async () => {
    open(goals)
    const choice = () => screen.findByRole('combobox', { name: 'Status of this chunk' })
    await user.selectOptions(await choice(), 'No status')
    await waitFor(() => expect(server.documents.get(goals).status).toBe(''))
    await user.selectOptions(await choice(), 'New status…')
    await user.keyboard('drafted{Enter}')
    await waitFor(() => expect(server.documents.get(goals).status).toBe('drafted'))
    expect(await line(/^Goals.*drafted/)).toBeTruthy()
  })

  it('a status to which its team does not lead is not to be chosen, and says why', async () => {
    goByTeam(blog)
    server.documents.change(goals, { status: 'draft' })
    open(goals)
    const refused = await screen.findByRole('group', { name: 'From Draft blog leads to Check.' })
    expect(
      within(refused)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual([...['No status', 'Review', 'Posted', 'Open']])
    const choice = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Status of this chunk' })
    expect(within(choice).getByRole<HTMLOptionElement>('option', { name: 'New status…' }).disabled).toBe(true)
    await user.selectOptions(choice, 'Check')
    await waitFor(() => expect(server.documents.get(goals).status).toBe('check'))
    await screen.findByRole('group', { name: 'From Check blog leads to Review or Draft.' })
  })

  it('a new status that is a state of the team says where cards come in, and stays to be changed', async () => {
    goByTeam(blog)
    open(goals)
    await screen.findByRole('group', { name: 'Cards come into blog at Draft.' })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Status of this chunk' }), 'New status…')
    await user.keyboard('posted{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe('Cards come into blog at Draft.')
    await user.keyboard('{Control>}a{/Control}parked{Enter}')
    await waitFor(() => expect(server.documents.get(goals).status).toBe('parked'))
  })

  it('a status that is refused goes back, with the reason; it can be tried again or given up', async () => {
    open(goals)
    const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Status of this chunk' })
    refuse('the graph allows review only')
    await user.selectOptions(choice, 'No status')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('the graph allows review only')
    expect(await line(/^Goals.*open/)).toBeTruthy()
    expect(server.documents.get(goals).status).toBe('open')
    await user.click(within(alert).getByRole('button', { name: 'Discard my change' }))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(choice.value).toBe('open')
    expect(kept()).toEqual([])
  })

  it('tags are added and taken off', async () => {
    open(goals)
    await user.type(await screen.findByRole('combobox', { name: 'Add a tag' }), '#team{Enter}')
    await waitFor(() => expect(server.documents.get(goals).tags).toEqual(['team']))
    await user.type(screen.getByRole('combobox', { name: 'Add a tag' }), 'team{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Remove the tag team' }))
    await waitFor(() => expect(server.documents.get(goals).tags).toEqual([]))
  })

  it('a field that nobody has declared keeps its input where it is emptied, and takes what is typed next', async () => {
    server.documents.change(goals, { fields: { owner: 'Ann', n: 3 } })
    open(goals)
    const owner = await screen.findByRole('textbox', { name: 'owner' })
    const n = screen.getByRole('spinbutton', { name: 'n' })
    await user.clear(owner)
    await user.clear(n)
    await user.keyboard('75')
    await user.tab()
    await waitFor(() => expect(server.documents.get(goals).fields).toEqual({ n: 75 }))
    expect(document.contains(owner)).toBe(true)
    await user.type(owner, 'Bob')
    await waitFor(() => expect(server.documents.get(goals).fields).toEqual({ owner: 'Bob', n: 75 }))
  })

  it('a date with a time of day is set on one’s own clock, and stays one while half of it is typed', async () => {
    server.documents.types = [{ name: 'task', document_id: '', fields: [{ name: 'due', kind: 'date' }] }]
    const at = (hour: number) => new Date(2026, 11, 1, hour, 30).toISOString()
    server.documents.change(goals, { fields: { due: at(23) } })
    open(goals)
    const due = (await screen.findByLabelText('due')) as HTMLInputElement
    expect(due.value).toBe('2026-12-01T23:30')
    fireEvent.change(due, { target: { value: '' } })
    expect(due.type).toBe('datetime-local')
    fireEvent.change(due, { target: { value: '2026-12-01T08:30' } })
    await waitFor(() => expect(server.documents.get(goals).fields).toEqual({ due: at(8) }))
  })

  it('fields are what their type says', async () => {
    const kinds = ['text', 'number', 'date', 'person', 'url', 'checkbox'] as const
    const fields = [
      ...kinds.map((kind) => ({ name: kind, kind })),
      { name: 'select', kind: 'select', options: ['a', 'b'] },
    ]
    const others = ['book', 'place', 'song'].map((name) => ({ name, document_id: '', fields: [] }))
    server.documents.types = [...others, { name: 'task', document_id: '', fields }]
    open(goals)
    await user.type(await screen.findByRole('textbox', { name: 'text' }), 'words')
    await user.type(screen.getByRole('spinbutton', { name: 'number' }), '12.5')
    await user.type(screen.getByLabelText('date'), '2026-06-30')
    await user.type(screen.getByRole('textbox', { name: 'person' }), 'Ines')
    await user.type(screen.getByRole('textbox', { name: 'url' }), 'https://alder.example/x')
    await user.click(screen.getByRole('checkbox', { name: 'checkbox' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'select' }), 'b')
    await waitFor(() =>
      expect(server.documents.get(goals).fields).toEqual({
        text: 'words',
        number: 12.5,
        date: '2026-06-30',
        person: 'Ines',
        url: 'https://alder.example/x',
        checkbox: true,
        select: 'b',
      }),
    )
    expect(await screen.findByRole('link', { name: 'alder.example/x' })).toBeTruthy()
    await user.clear(screen.getByRole('spinbutton', { name: 'number' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'select' }), 'None')
    await waitFor(() => expect(server.documents.get(goals).fields).not.toHaveProperty('select'))
    await waitFor(() => expect(server.documents.get(goals).fields).not.toHaveProperty('number'))
  })
})
