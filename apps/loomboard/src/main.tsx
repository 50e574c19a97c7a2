import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { watchTheme } from './lib/browser/theme.ts'
import { client, watchConnection } from './lib/client.ts'
import { installOffline, watchCopies } from './lib/offline.ts'
import { queryClient } from './lib/query-client.ts'
import { tokenFromAddress } from './lib/token-from-address.ts'
import { router } from './router.tsx'
import './styles.css'

watchTheme()
watchCopies()
watchConnection()
if (tokenFromAddress) client.login(tokenFromAddress).then(show, show)
else show()

installOffline()

function show(): void {
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
  // Nobody waits for it: what was left unsaved is there for a moment longer.
  void import('./features/documents/writing/left-behind.ts').then((module) => module.watchLeftBehind())
}

// The runtime has been updated while this page was open: its chunks have other names now. Drafts are kept.
let startsOver = false
addEventListener('vite:preloadError', () => {
  if (startsOver) return
  startsOver = true
  // A part that is missing for good is not asked for in a circle.
  const last = Number(sessionStorage.getItem('loomboard.reloaded') ?? 0)
  setTimeout(startOver, Math.max(0, last + 10_000 - Date.now()))
})

/** A runtime that is away has no page to reload, and this one still holds what was typed: it waits until it is back. */
function startOver(): void {
  const reload = () => {
    sessionStorage.setItem('loomboard.reloaded', String(Date.now()))
    location.reload()
  }
  client.health().then(reload, () => setTimeout(startOver, 2000))
}
