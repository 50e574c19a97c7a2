import type { wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Square } from 'lucide-react'
import { QuestionCard } from '../../../components/question/question-card.tsx'
import { RunMark } from '../../../components/run-mark.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { formatCount, formatRelative } from '../../../lib/format.ts'
import { questionsQuery } from '../../../lib/queries.ts'
import { toQuestion } from '../../../lib/runs/question.ts'
import { runWords } from '../../../lib/runs/run-words.ts'
import { useNow } from '../../../lib/use-now.ts'
import { asShown, type CardRun } from '../model/card-runs.ts'
import { cardRunsQuery, runsOfCardQuery } from '../queries.ts'
import { useCardRuns } from './card-runs.ts'
import { stopRun } from './stop-run.ts'

/** Who is at work on the open card, what it costs so far and what it asks; and who waits for their turn. */
export function AtWork({ documentId, cardId }: { documentId: string; cardId: string }) {
  const runs = useCardRuns(cardId)
  const { data } = useQuery(cardRunsQuery(documentId))
  const { data: here } = useQuery({
    ...runsOfCardQuery(documentId, cardId),
    refetchInterval: runs.length > 0 ? lookEvery : false,
  })
  const waiting = (data?.waiting ?? []).filter(({ chunk_id }) => chunk_id === cardId)
  if (runs.length + waiting.length === 0) return null
  return (
    <section aria-label="At work" className="mt-3 flex flex-col gap-2">
      {runs.map((run) => (
        <Run key={run.runId} run={run} usage={here?.runs.find(({ run_id }) => run_id === run.runId)?.usage} />
      ))}
      {waiting.map(({ agent, since }) => (
        <p key={`${agent} ${since}`} className="flex items-center gap-2 px-3 text-muted text-sm">
          <RunMark tone="waiting" words="In the queue" />
          <span>
            <span className="font-medium text-text">{agent}</span> waits for its turn
          </span>
        </p>
      ))}
    </section>
  )
}

const lookEvery = 5000

function Run({ run, usage }: { run: CardRun; usage: wire.AgentUsage | undefined }) {
  const { data: questions = [] } = useQuery(questionsQuery)
  const now = useNow(1000)
  const { tone, words } = runWords(asShown(run))
  const tokens = (usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0)
  const asked = questions.filter(({ run_id }) => run.runIds.includes(run_id))
  return (
    <div className="rounded-lg border bg-raised px-3 py-2">
      <div className="flex min-w-0 items-center gap-2 text-sm">
        <RunMark tone={tone} words={words} />
        <span className="min-w-0 truncate font-medium">{run.agent}</span>
        <span className={tone === 'asking' ? 'shrink-0 text-warn' : 'shrink-0 text-muted'}>
          {words === 'Working' ? 'is at work' : words.toLowerCase()}
        </span>
        <span className="min-w-0 flex-1 truncate text-faint text-xs tabular-nums">
          {formatRelative(run.startedAt, now)}
          {tokens > 0 && ` · ${formatCount(tokens)} tokens`}
        </span>
        <Link
          to="/chat/$sessionId"
          params={{ sessionId: run.sessionId }}
          className="shrink-0 rounded-md px-1.5 py-0.5 text-accent-text underline-offset-2 hover:underline"
        >
          Watch
        </Link>
        <Button size="sm" variant="ghost" aria-label={`Stop ${run.agent}`} onClick={() => stopRun(run)}>
          <Square aria-hidden="true" className="size-3!" />
          Stop
        </Button>
      </div>
      {asked.map((row) => (
        <QuestionCard key={row.interrupt_id} question={toQuestion(row)} />
      ))}
    </div>
  )
}
