// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import { renderRoute } from '../../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

async function openDialog() {
  const { user } = renderRoute(server, '/docs')
  await user.click((await screen.findAllByRole('button', { name: /^Import/ }))[0]!)
  const dialog = await screen.findByRole('dialog', { name: 'Import' })
  return { user, dialog: within(dialog) }
}

const table = new File(['Task,State\nSweep,To do\n'], 'Chores.csv', { type: 'text/csv' })

describe('the import dialog', () => {
  it('says what would be made and what is left out, then makes it and opens it', async () => {
    const { user, dialog } = await openDialog()
    await user.upload(dialog.getByLabelText(/Choose a file/), table)
    const preview = within(await dialog.findByRole('region', { name: 'What will be made' }))
    expect(preview.getByText(/1 card in 2 columns/)).toBeTruthy()
    expect(preview.getByText('2 × votes: there is no place for them.')).toBeTruthy()
    expect(server.documents.documents.size).toBe(0)
    await user.type(dialog.getByLabelText(/Path/), '/docs/chores')
    await user.click(dialog.getByRole('button', { name: 'Import' }))
    expect(await screen.findByRole('heading', { level: 1, name: 'chores' })).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('says why something cannot be imported, and lets another thing be chosen', async () => {
    const { user, dialog } = await openDialog()
    await user.type(dialog.getByLabelText('Or paste a text'), 'no board at all')
    await user.click(dialog.getByRole('button', { name: 'Look at it' }))
    expect((await dialog.findByRole('alert')).textContent).toContain('this is no board')
    expect(dialog.getByRole('button', { name: 'Import' }).hasAttribute('disabled')).toBe(true)
    await user.click(dialog.getByRole('button', { name: 'Choose another' }))
    await user.upload(dialog.getByLabelText(/Choose a file/), new File([], 'empty.csv'))
    await waitFor(() =>
      expect(dialog.getByRole('alert').textContent).toContain('“empty.csv” was not taken. It is empty.'),
    )
  })
})
