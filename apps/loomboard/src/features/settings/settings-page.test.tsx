// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { refuseAt, renderRoute, triedAgain } from '../../testing/render-route.tsx'

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

  it('say which replicas work together, and which one is not heard of any more', async () => {
    const since = '2026-03-01T08:00:00Z'
    const of = { hostname: 'host', version: '1.2.3', started_at: since, last_heartbeat_at: since }
    server.replicas = [
      { ...of, id: 'north', silent_ms: 300, alive: true, running_runs: 3, self: true },
      { ...of, id: 'south', silent_ms: 700, alive: true, running_runs: 0, self: false },
      { ...of, id: 'west', silent_ms: 90_000, alive: false, running_runs: 2, self: false },
    ]
    renderRoute(server, '/settings')
    const replicas = within(await screen.findByRole('region', { name: 'Replicas' }))
    const rows = replicas.getAllByRole('term').map((term) => term.parentElement!.textContent)
    expect(rows).toEqual([
      expect.stringMatching(/^northAnswers herehost · version 1\.2\.3 · since .*3 runs at work$/),
      expect.stringMatching(/^south.*Nothing to do$/),
      expect.stringMatching(/^westNot heard of.*Last heard of 1 min 30 s ago; others took over its runs$/),
    ])
  })

  it('say nothing of replicas where there are none, and why they cannot be listed', async () => {
    refuseAt(server, /_replicas$/, 'no such thing')
    const { user } = renderRoute(server, '/settings')
    const replicas = within(await screen.findByRole('region', { name: 'Replicas' }))
    expect(replicas.getByText('They could not be listed')).toBeTruthy()
    expect(replicas.getByText(/no such thing/)).toBeTruthy()
    server.intercept = undefined
    await user.click(replicas.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Replicas' })).toBeNull())
  })
})
