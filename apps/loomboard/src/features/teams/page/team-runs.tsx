import type { TeamRunSummary } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { teamRunWords } from '../../../components/teams/run-words.ts'
import { Badge } from '../../../components/ui/badge.tsx'
import { describeError } from '../../../lib/describe-error.ts'
import { formatRelative, formatTime, plural } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { runsOfTeamQuery } from '../model/queries.ts'

/** What went through it last, and what is on its way. */
export function TeamRuns({ name }: { name: string }) {
  const { data: runs, error } = useQuery(runsOfTeamQuery(name))
  const now = useNow(30_000)
  if (error && !runs) return <p className="text-muted text-sm">They could not be read. {describeError(error).reason}</p>
  if (!runs) return <p className="text-muted text-sm">Looking…</p>
  if (runs.length === 0) {
    return (
      <p className="text-muted text-sm">
        Nothing has gone through it yet. A card is sent from its board, and a board goes by a team with Team, in its
        bar.
      </p>
    )
  }
  return (
    <ul aria-label="Runs" className="-my-1 divide-y text-sm">
      {runs.map((run) => (
        <li key={run.team_run_id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5">
          <Badge tone={run.ended_at ? 'neutral' : 'accent'}>{teamRunWords[run.status]}</Badge>
          <span className="min-w-0 truncate">{run.final_state ?? run.state}</span>
          <span className="text-faint text-xs tabular-nums" title={formatTime(Date.parse(run.started_at))}>
            {plural(run.iteration_count ?? 0, 'step')} · {formatRelative(Date.parse(run.started_at), now)}
          </span>
          <CardLink run={run} />
          {run.error && <span className="w-full text-danger text-xs [overflow-wrap:anywhere]">{run.error}</span>}
        </li>
      ))}
    </ul>
  )
}

function CardLink({ run: { board_document_id, board_chunk_id } }: { run: TeamRunSummary }) {
  if (!board_document_id || !board_chunk_id) return <span className="text-muted text-xs">A task, without a card</span>
  return (
    <Link
      to="/documents/$id"
      params={{ id: board_document_id }}
      search={{ card: board_chunk_id }}
      className="text-accent-text underline-offset-2 hover:underline"
    >
      Its card
    </Link>
  )
}
