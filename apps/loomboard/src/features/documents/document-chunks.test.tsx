// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  documentId,
  goals,
  inPanel,
  kept,
  line,
  lines,
  message,
  open,
  putChunk,
  refuse,
  rootId,
  server,
  user,
} from './testing/a-document-page.ts'

describe('chunks', () => {
  it('show everything that they lead to and what leads to them, page after page', async () => {
    const end = (n: number) => ({ to_id: `other${n}`, to_title: `Other ${n}`, to_document_id: documentId })
    server.documents.edges = [
      ...[1, 2, 3].map((n) => ({ from_id: message, kind: 'needs', auto: false, ...end(n) })),
      {
        from_id: goals,
        from_title: 'Goals',
        from_document_id: documentId,
        to_id: message,
        kind: 'blocks',
        auto: false,
      },
    ]
    open(message)
    const panel = await inPanel()
    expect(await panel.findByRole('button', { name: 'Other 3' })).toBeTruthy()
    expect(panel.getByRole('button', { name: 'Goals' })).toBeTruthy()
  })

  const focusTree = async (name: RegExp) => {
    await line(name)
    screen.getByRole('tree', { name: 'Outline' }).focus()
    await user.keyboard(name.source[1]!.toLowerCase())
  }

  it('are moved by keyboard, and back', async () => {
    open()
    await focusTree(/^Message/)
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    expect(lines()).toEqual(['plan', 'Message', 'Goals', 'Launch'])
    await waitFor(() => expect(server.documents.childrenOf(rootId)).toEqual(['Message', 'Goals', 'Launch']))
    await user.keyboard('{Alt>}{ArrowDown}{ArrowRight}{/Alt}')
    await waitFor(() => expect(server.documents.childrenOf(goals)).toEqual(['Message']))
    expect((await line(/^Message/)).getAttribute('aria-level')).toBe('3')
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    await waitFor(() => expect(server.documents.childrenOf(rootId)).toEqual(['Goals', 'Message', 'Launch']))
    await user.click(screen.getByRole('button', { name: 'Undo moving “Message”' }))
    await waitFor(() => expect(server.documents.childrenOf(goals)).toEqual(['Message']))
  })

  it('stay where they were when a move is refused, with the reason', async () => {
    open(message)
    await inPanel()
    refuse('this plan is closed')
    await user.click(await screen.findByRole('button', { name: 'More for this chunk' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Move up' }))
    expect(await screen.findByText('this plan is closed')).toBeTruthy()
    expect(lines()).toEqual(['plan', 'Goals', 'Message', 'Launch'])
  })

  it('are added below the line one is on, and open to be written', async () => {
    open()
    await focusTree(/^Goals/)
    await user.keyboard('{Insert}')
    const dialog = within(await screen.findByRole('dialog', { name: 'Add a chunk' }))
    expect(dialog.getByText('It will be below “Goals”.')).toBeTruthy()
    await user.keyboard('Budget{Enter}')
    expect(await (await inPanel()).findByRole('heading', { name: 'Budget' })).toBeTruthy()
    await waitFor(() => expect(lines()).toEqual(['plan', 'Goals', 'Budget', 'Message', 'Launch']))
    expect(server.documents.childrenOf(rootId)).toEqual(['Goals', 'Budget', 'Message', 'Launch'])
  })

  it('that could not be added keep their words, also when the dialog is closed', async () => {
    open()
    await line(/^Goals/)
    server.down = true
    await user.click(screen.getByRole('button', { name: 'Add a chunk' }))
    await user.keyboard('Budget{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('It was not added.')
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    server.down = false
    await user.click(screen.getByRole('button', { name: 'Add a chunk' }))
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Title' })).value).toBe('Budget')
    await user.click(screen.getByRole('button', { name: 'Add' }))
    await waitFor(() => expect(server.documents.childrenOf(rootId)).toContain('Budget'))
  })

  it('are deleted out of sight at once, and back with one click', async () => {
    open(message)
    await inPanel()
    await user.click(await screen.findByRole('button', { name: 'More for this chunk' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await waitFor(() => expect(lines()).toEqual(['plan', 'Goals', 'Launch']))
    expect(screen.queryByRole('region', { name: 'Chunk' })).toBeNull()
    expect(await screen.findByText('“Message” is deleted')).toBeTruthy()
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(lines()).toEqual(['plan', 'Goals', 'Message', 'Launch'])
    expect(server.documents.get(message).revision).toBe(1)
  })

  it('are deleted by keyboard, and back with another key; the line after is the one to go on with', async () => {
    open()
    await focusTree(/^Message/)
    await user.keyboard('{Delete}')
    expect(lines()).toEqual(['plan', 'Goals', 'Launch'])
    const tree = screen.getByRole('tree', { name: 'Outline' })
    const active = document.getElementById(tree.getAttribute('aria-activedescendant') ?? '')
    expect(active?.textContent).toContain('Launch')
    await user.keyboard('{Control>}z{/Control}')
    expect(lines()).toEqual(['plan', 'Goals', 'Message', 'Launch'])
  })

  it('the document’s own chunk neither moves nor goes', async () => {
    open()
    await focusTree(/^plan/)
    await user.keyboard('{Delete}{Alt>}{ArrowDown}{/Alt}')
    expect(lines()).toEqual(['plan', 'Goals', 'Message', 'Launch'])
    open(rootId)
    const more = await screen.findAllByRole('button', { name: 'More for this chunk' })
    await user.click(more.at(-1)!)
    expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual([
      'Comment',
      'Ask an agent…',
      'Add a chunk inside',
    ])
  })

  it('that others delete while one writes say so, and the words are kept', async () => {
    open(goals)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Write a text' }))
    await user.keyboard('Mine')
    server.documents.answer({ op: 'delete_chunk', id: goals }, null)
    expect(await screen.findByText('This chunk is no longer in the document.')).toBeTruthy()
    const words = within(await screen.findByRole('region', { name: 'Words that are kept' }))
    expect(words.getByRole('alert').textContent).toContain('“Goals” has been deleted.')
    expect(words.getByText('Mine')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Done' }))
    expect(kept()).toHaveLength(1)
    await user.click(words.getByRole('button', { name: 'Discard' }))
    expect(kept()).toEqual([])
  })

  it('that are gone give the words back that were kept of them, in a new chunk', async () => {
    server.documents.answer({ op: 'delete_chunk', id: goals }, null)
    const origin = { title: 'Goals', parentId: rootId }
    const edit = { origin, revision: 1, before: { body: '' }, waiting: { body: 'Mine', 'fields.n': 5 } }
    localStorage.setItem(`loomboard.edit.${documentId}.${goals}.gone`, JSON.stringify({ edit }))
    open()
    await user.click(await screen.findByRole('button', { name: '1 not saved' }))
    await user.click(await screen.findByRole('button', { name: 'Put it back as a new chunk' }))
    expect(await (await inPanel()).findByRole('heading', { name: 'Goals' })).toBeTruthy()
    expect(server.documents.childrenOf(rootId)).toEqual(['Message', 'Launch', 'Goals'])
    expect([...server.documents.chunks.values()].at(-1)).toMatchObject({ body: 'Mine', fields: { n: 5 } })
    expect(kept()).toEqual([])
    await waitFor(() => expect(screen.queryByRole('button', { name: '1 not saved' })).toBeNull())
  })

  it('that are gone say so', async () => {
    server.documents.answer({ op: 'delete_chunk', id: goals }, null)
    open(goals)
    expect(await screen.findByText('It has been deleted')).toBeTruthy()
  })
})

describe('what is not saved before somebody decides', () => {
  it('is marked in its line, and is one click away', async () => {
    open(goals)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Write a text' }))
    await user.keyboard('Mine')
    await act(async () => void server.documents.change(goals, { body: 'Theirs' }))
    await screen.findByRole('region', { name: 'Two versions of the text' })
    expect(await line(/^Goals.*not saved/)).toBeTruthy()
    await user.click(await line(/^Message/))
    await (await inPanel()).findByRole('heading', { name: 'Message' })
    await user.click(screen.getByRole('button', { name: '1 not saved' }))
    await user.click(await screen.findByRole('button', { name: 'Take theirs' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: '1 not saved' })).toBeNull())
  })
})

describe('the focus', () => {
  const choose = async (name: string) => {
    await user.click(await screen.findByRole('button', { name: 'More for this chunk' }))
    await user.click(await screen.findByRole('menuitem', { name }))
  }
  const tree = () => screen.getByRole('tree', { name: 'Outline' })
  const isOn = (element: () => Element) => waitFor(() => expect(document.activeElement).toBe(element()))

  it('is in the outline after a deletion, and after it was undone', async () => {
    open(message)
    await choose('Delete')
    await isOn(tree)
    await user.click(screen.getByRole('button', { name: 'Undo deleting “Message”' }))
    await isOn(tree)
  })

  it('is back on what a new chunk was asked for from, and in the chunk when it is there', async () => {
    open(message)
    await choose('Add a chunk below')
    await screen.findByRole('dialog', { name: 'Add a chunk' })
    await user.keyboard('{Escape}')
    await isOn(() => screen.getByRole('button', { name: 'More for this chunk' }))
    await choose('Add a chunk below')
    await screen.findByRole('dialog', { name: 'Add a chunk' })
    await user.keyboard('New{Enter}')
    await isOn(() => screen.getByRole('heading', { name: 'New' }))
  })

  it('is in the text after a choice between two versions of it', async () => {
    open(goals)
    await user.click(await (await inPanel()).findByRole('button', { name: 'Write a text' }))
    await user.keyboard('Mine')
    await act(async () => void server.documents.change(goals, { body: 'Theirs' }))
    await user.click(await screen.findByRole('button', { name: 'Keep mine' }))
    await isOn(() => screen.getByRole('textbox', { name: 'Text, in Markdown' }))
  })
})

describe('what somebody else has done', () => {
  it('is not read together with what was asked before it', async () => {
    open(goals)
    await line(/^Goals/)
    const first = Promise.withResolvers<undefined>()
    let held = false
    const reads = () => server.requests.filter(({ body }) => (body as { op?: string })?.op === 'get_chunk').length
    await (await inPanel()).findByRole('heading', { name: 'Goals' })
    const before = reads()
    server.intercept = () => {
      if (held || reads() === before) return undefined
      held = true
      return first.promise
    }
    await act(async () => void server.documents.change(goals, { title: 'Two', body: '2' }))
    await waitFor(() => expect(held).toBe(true))
    await act(async () => void server.documents.change(goals, { title: 'Three', body: '3' }))
    expect(await (await inPanel()).findByRole('heading', { name: 'Three' })).toBeTruthy()
    await act(async () => first.resolve(undefined))
    expect((await inPanel()).getByRole('heading', { name: 'Three' })).toBeTruthy()
  })

  it('is not replaced by an answer from before it', async () => {
    open(goals)
    await (await inPanel()).findByRole('heading', { name: 'Goals' })
    const older = server.documents.change(goals, { title: 'Two' })
    const newer = server.documents.change(goals, { title: 'Three' })
    act(() => [newer, older].forEach(putChunk))
    expect((await inPanel()).getByRole('heading', { name: 'Three' })).toBeTruthy()
  })

  /** The next answer to this op is one from now, and comes when it is let go. */
  const holdAnswer = (op: string, body: Record<string, unknown>) => {
    const answer = Promise.withResolvers<Response>()
    const old = Response.json(server.documents.answer({ op, ...body }, null))
    let isHeld = false
    server.intercept = (_method, _path, asked) => {
      if (isHeld || (asked as { op?: string } | undefined)?.op !== op) return undefined
      isHeld = true
      return answer.promise
    }
    return { isHeld: () => waitFor(() => expect(isHeld).toBe(true)), letGo: () => act(async () => answer.resolve(old)) }
  }

  it('is not replaced by what was being read before it', async () => {
    const first = holdAnswer('get_chunk', { id: goals })
    open(goals)
    await first.isHeld()
    act(() => putChunk(server.documents.change(goals, { title: 'Two' })))
    expect(await (await inPanel()).findByRole('heading', { name: 'Two' })).toBeTruthy()
    await first.letGo()
    expect((await inPanel()).getByRole('heading', { name: 'Two' })).toBeTruthy()
  })

  it('is there also where the whole document was being read again', async () => {
    open()
    await line(/^Goals/)
    const again = holdAnswer('query_chunks', { document_id: documentId })
    await act(async () => server.documents.putBack(server.documents.get(message)))
    await again.isHeld()
    await act(async () => void server.documents.change(goals, { title: 'Aims' }))
    await line(/^Aims/)
    await again.letGo()
    expect(await line(/^Aims/)).toBeTruthy()
    await waitFor(() => expect(lines()).toEqual(['plan', 'Aims', 'Message', 'Launch']))
  })
})
