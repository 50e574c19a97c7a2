import { Link } from '@tanstack/react-router'
import { Unplug } from 'lucide-react'
import { EmptyState } from './empty-state.tsx'
import { PageBody } from './shell/page-body.tsx'
import { PageHeader } from './shell/page-header.tsx'

export function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <PageBody>
        <EmptyState
          icon={<Unplug />}
          title="There is nothing here"
          action={
            <Link to="/chat" className="text-accent-text text-sm underline underline-offset-2">
              Start a conversation
            </Link>
          }
        >
          The address may be wrong, or what it named is gone.
        </EmptyState>
      </PageBody>
    </>
  )
}
