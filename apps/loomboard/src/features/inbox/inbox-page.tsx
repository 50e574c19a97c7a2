import type { InterruptRow } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { QuestionCard } from '../../components/question/question-card.tsx'
import { PageBody } from '../../components/shell/page-body.tsx'
import { PageHeader } from '../../components/shell/page-header.tsx'
import { Skeleton } from '../../components/ui/skeleton.tsx'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { useStore } from '../../lib/browser/store.ts'
import { type CappedRun, cappedRunsQuery } from '../../lib/capped-runs.ts'
import { client } from '../../lib/client.ts'
import { formatRelative } from '../../lib/format.ts'
import { mentionsQuery } from '../../lib/mentions.ts'
import { findChat, questionsQuery } from '../../lib/queries.ts'
import { answers } from '../../lib/runs/own-answers.ts'
import { toQuestion } from '../../lib/runs/question.ts'
import { liveRuns } from '../../lib/runs/runs.ts'
import { useNow } from '../../lib/use-now.ts'
import { CappedCard } from './capped-card.tsx'
import { GroupHeading } from './group-heading.tsx'
import { MentionList } from './mention-list.tsx'
import { NotRead } from './not-read.tsx'

const noneCapped: readonly CappedRun[] = []

/** What waits for this person: what agents ask them, approval included, and what mentions them. */
export function InboxPage() {
  useEffect(() => setPageTitle('Inbox'), [])
  return (
    <>
      <PageHeader title="Inbox" />
      <PageBody>
        <Waiting />
      </PageBody>
    </>
  )
}

function Waiting() {
  const { data, error, isPending, refetch } = useQuery(questionsQuery)
  const mentions = useQuery(mentionsQuery)
  const rows = useVisited(data ?? [], ({ interrupt_id }) => interrupt_id).sort(byUrgency)
  const teams = useQuery(cappedRunsQuery)
  const { data: capped = noneCapped } = teams
  const areTeamsMissing = teams.error !== null && teams.data === undefined
  const cappedRows = useVisited(capped, ({ teamRunId, steps }) => `${teamRunId} ${steps}`)
  if (isPending) return <Loading />
  const asks = rows.length + cappedRows.length
  if (error && asks === 0) {
    return <ErrorState title="The questions could not be loaded" error={error} onRetry={() => void refetch()} />
  }
  const isMentioned = mentions.error !== null || (mentions.data?.length ?? 0) > 0
  if (asks === 0 && !isMentioned && !areTeamsMissing) {
    return mentions.isPending || teams.isPending ? (
      <Loading />
    ) : (
      <EmptyState icon={<CircleCheck />} title="Nobody waits for you">
        When an agent asks you something or wants your approval, and when somebody mentions you in a comment, it appears
        here.
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-8">
      {asks > 0 && <Questions rows={rows} open={data ?? []} cappedRows={cappedRows} capped={capped} />}
      {areTeamsMissing && <NotRead what="What teams ask" error={teams.error} onRetry={() => void teams.refetch()} />}
      <MentionList />
    </div>
  )
}

interface QuestionsProps {
  rows: readonly InterruptRow[]
  open: readonly InterruptRow[]
  cappedRows: readonly CappedRun[]
  capped: readonly CappedRun[]
}

/** What agents wait for, the most urgent first, and then what teams do. */
function Questions({ rows, open: asked, cappedRows, capped }: QuestionsProps) {
  const settled = useStore(answers.state)
  const now = useNow(30_000)
  const open = new Set(asked.map(({ interrupt_id }) => interrupt_id))
  return (
    <section aria-label="Asks you">
      <GroupHeading count={open.size + capped.length}>Asks you</GroupHeading>
      <ul className="flex flex-col gap-6">
        {rows.map((row) => (
          <li key={row.interrupt_id}>
            <Origin row={row} now={now} />
            {open.has(row.interrupt_id) || settled.get(row.interrupt_id)?.outcome ? (
              <QuestionCard question={toQuestion(row)} />
            ) : (
              <Settled row={row} />
            )}
          </li>
        ))}
        {cappedRows.map((run) => (
          <li key={`${run.teamRunId} ${run.steps}`}>
            <CappedCard run={run} isOpen={capped.includes(run)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const urgency: Record<string, number> = { high: 0, normal: 1, low: 2 }

function byUrgency(a: InterruptRow, b: InterruptRow): number {
  return (urgency[a.priority] ?? 1) - (urgency[b.priority] ?? 1) || Date.parse(b.created_at) - Date.parse(a.created_at)
}

/** What was here a moment ago stays to be read, answered or not, until its person leaves. */
function useVisited<Row>(open: readonly Row[], idOf: (row: Row) => string): Row[] {
  const visited = useRef(new Map<string, Row>())
  for (const row of open) visited.current.set(idOf(row), row)
  return [...visited.current.values()]
}

/** Somebody answered it elsewhere, or its time is over: its run knows. */
function Settled({ row }: { row: InterruptRow }) {
  const { data } = useQuery({
    queryKey: ['question', row.interrupt_id],
    queryFn: ({ signal }) => client.listRunInterrupts(row.run_id, { status: 'all', signal }),
  })
  const now = data?.interrupts.find(({ interrupt_id }) => interrupt_id === row.interrupt_id)
  return <QuestionCard question={toQuestion(now ?? row)} />
}

function Origin({ row, now }: { row: InterruptRow; now: number }) {
  const { runs } = useStore(liveRuns.state)
  const run = runs.get(row.run_id)
  // What a sub-agent asks can be answered in the conversation it belongs to.
  const parent = run?.parentAgentId && [...runs.values()].find(({ agentId }) => agentId === run.parentAgentId)
  const sessionId = (parent ? parent.sessionId : undefined) ?? row.session_id
  const title = (sessionId && findChat(sessionId)?.title) || 'Open its chat'
  return (
    <div className="flex items-baseline gap-2 px-1 text-sm">
      {sessionId ? (
        <Link
          to="/chat/$sessionId"
          params={{ sessionId }}
          className="min-w-0 truncate font-medium underline-offset-2 hover:underline"
        >
          {title}
        </Link>
      ) : null}
      <span className="min-w-0 flex-1 truncate text-muted">{row.agent_name}</span>
      <span className="shrink-0 text-faint text-xs tabular-nums">
        {formatRelative(Date.parse(row.created_at), now)}
      </span>
    </div>
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Loading questions" className="flex flex-col gap-4">
      {[0, 1].map((i) => (
        <Skeleton key={i} className="h-28 w-full rounded-lg" />
      ))}
    </div>
  )
}
