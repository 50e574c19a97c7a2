// First: what is imported below asks its browser for its measures at once.
import './browser.ts'

import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, configure, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, vi } from 'vitest'
import { ErrorState } from '../components/error-state.tsx'
import { connection } from '../lib/client.ts'
import { queryClient } from '../lib/query-client.ts'
import { routeTree } from '../routeTree.gen.ts'
import { serve } from './browser.ts'
import type { FakeServer } from './fake-server.ts'

// Only how long a failing test waits before it says so.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 60_000 })

afterEach(() => {
  cleanup()
  queryClient.clear()
  connection.signedIn()
  expect(served?.problems ?? []).toEqual([])
})

let served: FakeServer | undefined

/** Opens an address of the app in front of this server. */
export function renderRoute(server: FakeServer, address: string) {
  serve(server)
  served = server
  const history = createMemoryHistory({ initialEntries: [address] })
  const router = createRouter({
    routeTree,
    history,
    context: { queryClient },
    defaultErrorComponent: ({ error }) => <ErrorState title="This page could not be shown" error={error} />,
  })
  const user = userEvent.setup()
  const page = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  return { user, router, page }
}

/** The page goes, and this address is opened anew: what is kept is what the browser keeps. */
export function reload(server: FakeServer, address: string) {
  cleanup()
  queryClient.clear()
  return renderRoute(server, address)
}

/** The runtime says no to what goes to this path, until `intercept` is taken away. */
export function refuseAt(server: FakeServer, path: RegExp, error: string): void {
  server.intercept = (_method, asked) =>
    path.test(asked) ? Response.json({ code: 'invalid_request', error }, { status: 400 }) : undefined
}

/** The same, for an op. */
export function refuseOp(server: FakeServer, op: string, error: string): void {
  server.intercept = (_method, _path, body) =>
    (body as { op?: string } | undefined)?.op === op
      ? Response.json({ code: 'tool_refused', tool: 'Document', error }, { status: 422 })
      : undefined
}

/** Opens an address of which this path is refused: it says why, and what it asks for again is answered. */
export async function triedAgain(server: FakeServer, address: string, path: RegExp): Promise<void> {
  refuseAt(server, path, 'closed today')
  const { user } = renderRoute(server, address)
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('closed today')
  server.intercept = undefined
  await user.click(within(alert).getByRole('button', { name: 'Try again' }))
}

/** Whoever asks is somebody who runs no tenant. */
export function askAsMember(server: FakeServer): void {
  const me = { tenant_id: 't', subject: 'ada', scopes: ['runs:read'], is_admin: false, legacy: false }
  server.intercept = (_method, path) => (path === '/v1/_me' ? Response.json(me) : undefined)
}
