// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

describe('the settings', () => {
  it('say what runtime this is, who one is and whom one can talk to', async () => {
    renderRoute(server, '/settings')
    expect(await screen.findByText('fake')).toBeTruthy()
    expect(screen.getByText('default · default')).toBeTruthy()
    expect(screen.getByText('Plays a script.')).toBeTruthy()
    expect(screen.getByText('Open')).toBeTruthy()
    expect(screen.queryByText('Signed-in browsers')).toBeNull()
  })

  it('choose whom new chats are with, and the theme, for this browser', async () => {
    const { user } = renderRoute(server, '/settings')
    const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Agent of new chats' })
    await user.selectOptions(choice, 'demo')
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(choice.value).toBe('demo')
    expect(document.documentElement.dataset.theme).toBe('dark')
    expect(Object.values(localStorage)).toContain('dark')
  })

  it('of a runtime that does not say who one is say so, and ask again', async () => {
    await triedAgain(server, '/settings', /_me$/)
    expect(await screen.findByText('default · default')).toBeTruthy()
  })

  it('ask to sign in where a token is wanted', async () => {
    server.token = 'secret'
    const { user } = renderRoute(server, '/settings')
    await user.type(await screen.findByLabelText(/token/i), 'secret{Enter}')
    expect(await screen.findByText('Signed-in browsers')).toBeTruthy()
    expect(await screen.findByText('None')).toBeTruthy()
  })
})
