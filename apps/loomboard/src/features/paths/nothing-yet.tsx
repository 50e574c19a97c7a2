import { Link } from '@tanstack/react-router'
import { FileText } from 'lucide-react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Button } from '../../components/ui/button.tsx'
import { openOverlay } from '../../lib/overlays.ts'

export function NothingYet() {
  return (
    <EmptyState
      icon={<FileText />}
      title="No documents yet"
      action={
        <span className="flex flex-wrap items-center justify-center gap-3 text-sm">
          <Link to="/chat" className="text-accent-text underline underline-offset-2">
            Ask an agent to write one
          </Link>
          <Button size="sm" onClick={() => openOverlay('import')}>
            Import a board
          </Button>
        </span>
      }
    >
      What you and your agents write together is kept here, by path.
    </EmptyState>
  )
}
