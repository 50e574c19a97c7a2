// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { renderRoute } from '../../testing/render-route.tsx'
import {
  connection,
  documentId,
  goals,
  inPanel,
  isSaved,
  kept,
  line,
  message,
  open,
  server,
  user,
} from './testing/a-document-page.ts'
import { watchLeftBehind } from './writing/left-behind.ts'

const write = async (words: string) => {
  await user.click(await (await inPanel()).findByRole('button', { name: 'Write a text' }))
  await user.keyboard(words)
}
const leftBehind = (chunkId: string, body: string) => {
  const edit = { origin: { title: 'Goals' }, revision: 1, before: { body: '' }, waiting: { body } }
  localStorage.setItem(`loomboard.edit.${documentId}.${chunkId}.gone`, JSON.stringify({ edit }))
}

describe('what a page has left unsaved', () => {
  it('is saved wherever in the app one is next', async () => {
    leftBehind(goals, 'Left')
    renderRoute(server, '/settings')
    vi.useFakeTimers({ toFake: ['setInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    watchLeftBehind()
    await vi.waitFor(() => expect(server.documents.get(goals).body).toBe('Left'))
    await vi.waitFor(() => expect(kept()).toEqual([]))
    // Another tab has been killed meanwhile.
    leftBehind(message, 'Left later')
    vi.advanceTimersByTime(30_000)
    await vi.waitFor(() => expect(server.documents.get(message).body).toBe('Left later'))
  })

  it('of a document that is gone is shown where documents are looked for, until its author lets it go', async () => {
    leftBehind(goals, 'Nowhere to go')
    server.documents.remove(documentId)
    const { user } = renderRoute(server, '/docs')
    watchLeftBehind()
    const words = within(await screen.findByRole('region', { name: 'Words that are kept' }))
    expect(words.getByText('Nowhere to go')).toBeTruthy()
    expect(screen.getByRole('link', { name: /^Documents\s*1\s*not saved$/ })).toBeTruthy()
    await user.click(words.getByRole('button', { name: 'Discard' }))
    expect(kept()).toEqual([])
    expect(screen.queryByRole('region', { name: 'Not saved' })).toBeNull()
    expect(screen.queryByRole('link', { name: /not saved/ })).toBeNull()
  })

  it('that somebody has to decide about is one click away', async () => {
    leftBehind(goals, 'Mine')
    server.documents.change(goals, { body: 'Theirs' })
    const { user } = renderRoute(server, '/docs')
    watchLeftBehind()
    await user.click(await screen.findByRole('link', { name: '“Goals”' }))
    expect(await screen.findByRole('region', { name: 'Two versions of the text' })).toBeTruthy()
  })
})

describe('in a chunk that is deleted', () => {
  it('words are saved after all when it is there again', async () => {
    open(goals)
    await write('Mine')
    const chunk = { ...server.documents.get(goals) }
    await act(async () => void server.documents.answer({ op: 'delete_chunk', id: goals }, null))
    await screen.findByRole('region', { name: 'Words that are kept' })
    await act(async () => server.documents.putBack(chunk))
    await waitFor(() => expect(server.documents.get(goals).body).toBe('Mine'))
    await isSaved()
    expect(screen.queryByRole('region', { name: 'Words that are kept' })).toBeNull()
  })
})

it('a document that is deleted while one writes in it says so, and the words are kept', async () => {
  open(goals)
  await write('Mine')
  await act(async () => server.documents.remove(documentId))
  expect(await screen.findByText(/^This document has been deleted\./)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Done' }))
  expect(await screen.findByRole('region', { name: 'Words that are kept' })).toBeTruthy()
  expect(kept()).toHaveLength(1)
})

describe('an undecided text in a chunk one is not looking at', () => {
  const leaveUndecided = async () => {
    open(goals)
    await write('Mine')
    await act(async () => void server.documents.change(goals, { body: 'Theirs' }))
    await screen.findByRole('region', { name: 'Two versions of the text' })
    await user.click(await line(/^Message/))
    await (await inPanel()).findByRole('heading', { name: 'Message' })
  }

  it('is saved once they have taken theirs back', async () => {
    await leaveUndecided()
    await act(async () => void server.documents.change(goals, { body: '' }))
    await waitFor(() => expect(server.documents.get(goals).body).toBe('Mine'))
    await waitFor(() => expect(kept()).toEqual([]))
  })

  it('is kept when they delete the chunk', async () => {
    await leaveUndecided()
    await act(async () => void server.documents.answer({ op: 'delete_chunk', id: goals }, null))
    await waitFor(() => expect(screen.queryByRole('treeitem', { name: /^Goals/ })).toBeNull())
    await user.click(screen.getByRole('button', { name: '1 not saved' }))
    const words = await screen.findByRole('region', { name: 'Words that are kept' })
    expect(within(words).getByText('Mine')).toBeTruthy()
  })
})

describe('what is typed', () => {
  it('is saved at once when the page goes, and when the chunk is closed', async () => {
    server.documents.change(goals, { fields: { n: 3 } })
    open(goals)
    const n = await screen.findByRole('spinbutton', { name: 'n' })
    await user.clear(n)
    await user.keyboard('75')
    dispatchEvent(new Event('pagehide'))
    await waitFor(() => expect(server.documents.get(goals).fields).toEqual({ n: 75 }))
    await user.keyboard('6')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('region', { name: 'Chunk' })).toBeNull()
    await waitFor(() => expect(server.documents.get(goals).fields).toEqual({ n: 756 }))
  })

  it.each([
    ['is hidden', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['loses the keyboard', () => window.dispatchEvent(new Event('blur'))],
  ])('is kept to the last letter when the page %s', async (_, leave) => {
    open(goals)
    await write('Mine')
    leave()
    expect(localStorage.getItem(kept()[0]!)).toContain('"body":"Mine"')
  })

  it('goes by itself when the runtime is back', async () => {
    open(goals)
    await write('Mine')
    server.down = true
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await (await inPanel()).findByText('Waiting to be saved')
    server.down = false
    act(() => connection.answered())
    await isSaved()
    expect(server.documents.get(goals).body).toBe('Mine')
  })
})

it('what a browser has no room for is said where it waits, and is not left without a question', async () => {
  const asks = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
  open(goals)
  await (await inPanel()).findByRole('heading', { name: 'Goals' })
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  onTestFinished(() => full.mockRestore())
  server.down = true
  await write('Mine')
  await user.click(screen.getByRole('button', { name: 'Done' }))
  expect(await (await inPanel()).findByText('This browser has no room to keep it.')).toBeTruthy()
  expect(screen.queryByText(/also after a reload/)).toBeNull()
  expect(asks()).toBe(true)
  server.down = false
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await isSaved()
  expect(asks()).toBe(false)
})
