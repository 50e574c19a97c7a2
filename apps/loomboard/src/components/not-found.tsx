import { Link } from '@tanstack/react-router'
import { EmptyState } from './empty-state.tsx'

export function NotFound() {
  return (
    <main id="main" className="flex flex-1 items-center justify-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing here"
        action={
          <Link to="/chat" className="text-accent-text text-sm underline underline-offset-2">
            Start a conversation
          </Link>
        }
      >
        The address may be wrong, or what it named is gone.
      </EmptyState>
    </main>
  )
}
