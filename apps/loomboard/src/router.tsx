import { createRouter } from '@tanstack/react-router'
import { ErrorState } from './components/error-state.tsx'
import { NotFound } from './components/not-found.tsx'
import { queryClient } from './lib/query-client.ts'
import { routeTree } from './routeTree.gen.ts'
import './lib/token-from-address.ts'

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => (
    <ErrorState title="This page could not be shown" error={error} onRetry={reset} />
  ),
  defaultNotFoundComponent: NotFound,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
