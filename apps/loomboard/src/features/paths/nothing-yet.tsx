import { Link } from '@tanstack/react-router'
import { FileText } from 'lucide-react'
import { EmptyState } from '../../components/empty-state.tsx'

export function NothingYet() {
  return (
    <EmptyState
      icon={<FileText />}
      title="No documents yet"
      action={
        <Link to="/chat" className="text-accent-text text-sm underline underline-offset-2">
          Ask an agent to write one
        </Link>
      }
    >
      What you and your agents write together is kept here, by path.
    </EmptyState>
  )
}
