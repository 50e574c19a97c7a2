import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Square } from 'lucide-react'
import { QuestionCard } from '../../../components/question/question-card.tsx'
import { RunMark } from '../../../components/run-mark.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { formatCount, formatRelative } from '../../../lib/format.ts'
import { agentQuery, questionsQuery } from '../../../lib/queries.ts'
import { toQuestion } from '../../../lib/runs/question.ts'
import { runWords } from '../../../lib/runs/run-words.ts'
import { useNow } from '../../../lib/use-now.ts'
import { asShown, type CardRun } from '../model/card-runs.ts'
import { useCardRuns } from './card-runs.ts'
import { stopRun } from './stop-run.ts'

/** Who is at work on the open card, what it costs so far and what it asks. */
export function AtWork({ cardId }: { cardId: string }) {
  const runs = useCardRuns(cardId)
  if (runs.length === 0) return null
  return (
    <section aria-label="At work" className="mt-3 flex flex-col gap-2">
      {runs.map((run) => (
        <Run key={run.runId} run={run} />
      ))}
    </section>
  )
}

const lookEvery = 5000

function Run({ run }: { run: CardRun }) {
  const { data: questions = [] } = useQuery(questionsQuery)
  const { data: agent } = useQuery({ ...agentQuery(run.agentId), refetchInterval: lookEvery })
  const now = useNow(1000)
  const { tone, words } = runWords(asShown(run))
  const { input_tokens = 0, output_tokens = 0 } = agent?.usage ?? {}
  const tokens = input_tokens + output_tokens
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
