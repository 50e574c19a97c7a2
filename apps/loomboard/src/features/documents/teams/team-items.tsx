import { useQuery } from '@tanstack/react-query'
import { CircleStop, Workflow } from 'lucide-react'
import { MenuItem } from '../../../components/ui/dropdown-menu.tsx'
import { liveTeamRunsQuery } from './queries.ts'
import { sending, stopTeamRun } from './running.ts'

/** What a menu of a card offers about teams. */
export function TeamItems({ documentId, cardId }: { documentId: string; cardId: string }) {
  const { data: runs = [] } = useQuery(liveTeamRunsQuery(documentId))
  const run = runs.find(({ board_chunk_id }) => board_chunk_id === cardId)
  if (run) {
    return (
      <MenuItem onSelect={() => stopTeamRun(documentId, run.team_run_id)}>
        <CircleStop aria-hidden="true" />
        Stop {run.name}
      </MenuItem>
    )
  }
  return (
    <MenuItem onSelect={() => setTimeout(() => sending.set(cardId))}>
      <Workflow aria-hidden="true" />
      Send through a team…
    </MenuItem>
  )
}
