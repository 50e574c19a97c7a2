import type { wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { QuestionCard } from '../../../components/question/question-card.tsx'
import { RunMark } from '../../../components/run-mark.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { formatRelative } from '../../../lib/format.ts'
import { questionsQuery } from '../../../lib/queries.ts'
import { toQuestion } from '../../../lib/runs/question.ts'
import { runWords } from '../../../lib/runs/run-words.ts'
import { spentInWords } from '../../../lib/runs/spent.ts'
import { useNow } from '../../../lib/use-now.ts'
import { asShown, type CardRun } from '../model/card-runs.ts'
import { cardRunsQuery, runsOfCardQuery } from '../queries.ts'
import { useCardRuns } from './card-runs.ts'
import { askToRevert } from './reverting.ts'
import { RunStrip } from './run-strip.tsx'

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

interface RunProps {
  run: CardRun
  usage: wire.AgentUsage | undefined
}

function Run({ run, usage }: RunProps) {
  const { data: questions = [] } = useQuery(questionsQuery)
  const now = useNow(1000)
  const { tone, words } = runWords(asShown(run))
  const asked = questions.filter(({ run_id }) => run.runIds.includes(run_id))
  return (
    <div className="rounded-lg border bg-raised px-3 py-2">
      <RunStrip
        mark={<RunMark tone={tone} words={words} />}
        aside={[formatRelative(run.startedAt, now), spentInWords(usage)].filter(Boolean).join(' · ')}
        run={{ ...run, isRunning: true }}
        more={
          <IconButton label={`Revert what ${run.agent} did…`} size="sm" onClick={() => askToRevert(run)}>
            <Undo2 />
          </IconButton>
        }
      >
        <span className="min-w-0 truncate font-medium">{run.agent}</span>
        <span className={tone === 'asking' ? 'shrink-0 text-warn' : 'shrink-0 text-muted'}>
          {words === 'Working' ? 'is at work' : words.toLowerCase()}
        </span>
      </RunStrip>
      {asked.map((row) => (
        <QuestionCard key={row.interrupt_id} question={toQuestion(row)} />
      ))}
    </div>
  )
}
