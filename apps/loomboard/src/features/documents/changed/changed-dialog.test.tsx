// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { documentId, goals, message, openAt, server, user } from '../testing/a-document-page.ts'

const changedDialog = async () => within(await screen.findByRole('dialog', { name: 'What changed since you looked' }))

/** The page was open here once, before any of what follows. */
function lookAgain(search = ''): void {
  localStorage.setItem(`loomboard.looked.${documentId}`, '0')
  openAt(search)
}

describe('what changed since one looked', () => {
  it('is a line a card: who, what it was and is, and how much of its text is new', async () => {
    server.documents.change(goals, { status: 'doing' })
    server.documents.change(goals, { body: 'New words.' })
    server.documents.tag(message, 'urgent')
    lookAgain()
    await user.click(await screen.findByRole('button', { name: '2 changes by drafter' }))
    const dialog = await changedDialog()
    const goalsLine = await dialog.findByRole('button', { name: /^Goals/ })
    expect(goalsLine.textContent).toContain('drafter')
    expect(goalsLine.textContent).toContain('status open → doing · text +1 −1')
    expect(dialog.getByText('its place or its tags')).toBeTruthy()
    await user.click(goalsLine)
    expect(await dialog.findByText('+New words.')).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Open Goals' }))
    expect(await screen.findByRole('region', { name: 'Chunk' })).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('is not what one has done oneself, and can be all that is shown', async () => {
    server.documents.change(goals, { title: 'Better goals' })
    server.documents.change(message, { title: 'Mine' }, { kind: 'user', id: 'default' })
    lookAgain()
    await user.click(await screen.findByRole('button', { name: '1 change by drafter' }))
    await user.click((await changedDialog()).getByRole('button', { name: 'Show only these' }))
    await waitFor(() => expect(screen.queryByRole('treeitem', { name: /^Launch/ })).toBeNull())
    expect(screen.getByRole('treeitem', { name: /^Better goals/ })).toBeTruthy()
  })
})
