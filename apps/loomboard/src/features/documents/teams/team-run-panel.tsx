import type { TeamRun, TeamStep } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleStop, Play } from 'lucide-react'
import { teamRunWords } from '../../../components/teams/run-words.ts'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { formatRelative, plural } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { runsOfCardQuery } from '../queries.ts'
import { titleOf } from '../views/board/board-setup.ts'
import { teamRunOfCardQuery } from './queries.ts'
import { continueTeamRun, stopTeamRun } from './running.ts'

/** How the card gets on in its team: where it is, and where it has been. */
export function TeamRunPanel({ documentId, cardId }: { documentId: string; cardId: string }) {
  const { data: run } = useQuery(teamRunOfCardQuery(documentId, cardId))
  const now = useNow(30_000)
  if (!run) return null
  const isLive = run.ended_at === undefined
  const isCapped = isLive && run.capped_state !== undefined
  return (
    <section aria-label={`Team ${run.name}`} className="mt-3 rounded-lg border bg-raised px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <span className="min-w-0 truncate font-medium">{run.name}</span>
        <Badge>{teamRunWords[run.status]}</Badge>
        <span className="text-faint text-xs tabular-nums">
          {plural(run.iteration_count ?? 0, 'step')} of {run.max_iterations} ·{' '}
          {formatRelative(Date.parse(run.started_at), now)}
        </span>
        <span className="flex-1" />
        {isCapped && (
          <Button size="sm" variant="ghost" onClick={() => continueTeamRun(documentId, run.team_run_id)}>
            <Play aria-hidden="true" />
            Go on
          </Button>
        )}
        {isLive && (
          <Button size="sm" variant="ghost" onClick={() => stopTeamRun(documentId, run.team_run_id)}>
            <CircleStop aria-hidden="true" />
            Stop
          </Button>
        )}
      </div>
      {isLive && run.waits_for && <p className="mt-1 text-sm text-warn">{waiting(run)}</p>}
      {run.error && <p className="mt-1 break-words text-sm text-danger">{run.error}</p>}
      <ol aria-label="Steps" className="mt-2 flex flex-col gap-1">
        {run.steps.map((step) => (
          <Step key={`${step.state} ${step.began_at}`} step={step} documentId={documentId} cardId={cardId} />
        ))}
        {run.final_state && <li className="text-muted text-sm">{titleOf(run.final_state)}</li>}
      </ol>
    </section>
  )
}

function waiting({ state, capped_state, waits_for = '' }: TeamRun): string {
  if (capped_state !== undefined) return 'Its steps are used up. Let it go on with as many again, or stop it.'
  return waits_for.includes('full')
    ? 'The next column is full; it goes on when there is room.'
    : `Waits in ${titleOf(state)} until somebody moves the card.`
}

function Step({ step, documentId, cardId }: { step: TeamStep; documentId: string; cardId: string }) {
  const { data } = useQuery(runsOfCardQuery(documentId, cardId))
  const sessions = new Map(data?.runs.map(({ run_id, session_id }) => [run_id, session_id]))
  const isBack = step.edge?.startsWith('pushback:') ?? false
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <span className="font-medium">{titleOf(step.state)}</span>
      {(step.runs ?? []).map(({ agent, run_id }) => {
        const sessionId = sessions.get(run_id)
        return sessionId ? (
          <Link
            key={run_id}
            to="/chat/$sessionId"
            params={{ sessionId }}
            className="text-accent-text underline-offset-2 hover:underline"
          >
            {agent}
          </Link>
        ) : (
          <span key={run_id} className="text-muted">
            {agent}
          </span>
        )
      })}
      {isBack && <span className="min-w-0 break-words text-warn">sent back: {step.reason ?? 'by a person'}</span>}
      {step.edge === 'moved' && <span className="text-muted">moved on by hand</span>}
      {step.ended_at === undefined && step.agent && <span className="text-muted">at work</span>}
    </li>
  )
}
