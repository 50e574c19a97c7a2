import { Link } from '@tanstack/react-router'
import { RunMark } from '../../../components/run-mark.tsx'
import { cn } from '../../../lib/cn.ts'
import { formatRelative } from '../../../lib/format.ts'
import { runWords } from '../../../lib/runs/run-words.ts'
import { useNow } from '../../../lib/use-now.ts'
import { asShown, mostUrgent } from '../model/card-runs.ts'
import { useCardRuns } from './card-runs.ts'

/** Who is at work on a card, in a word; leads to what it is doing. */
export function RunBadge({ cardId, className }: { cardId: string; className?: string }) {
  const runs = useCardRuns(cardId)
  const run = mostUrgent(runs)
  return run ? <Badge cardId={cardId} className={className} /> : null
}

function Badge({ cardId, className }: { cardId: string; className?: string | undefined }) {
  const runs = useCardRuns(cardId)
  const now = useNow(30_000)
  const run = mostUrgent(runs)
  if (!run) return null
  const { tone, words } = runWords(asShown(run))
  const others = runs.length - 1
  const since = formatRelative(run.startedAt, now)
  return (
    <Link
      to="/chat/$sessionId"
      params={{ sessionId: run.sessionId }}
      tabIndex={-1}
      title={`${run.agent}: ${words.toLowerCase()}, since ${since}`}
      className={cn(
        'inline-flex h-5 min-w-0 max-w-full items-center gap-1 rounded-full pr-2 pl-0.5 text-2xs hover:underline',
        tone === 'asking' ? 'bg-warn-soft text-warn' : 'bg-accent-soft text-accent-text',
        className,
      )}
    >
      <RunMark tone={tone} words={words} />
      <span className="truncate font-medium">{run.agent}</span>
      {tone === 'asking' && <span className="shrink-0">asks you</span>}
      {others > 0 && (
        <span className="shrink-0 tabular-nums">
          +{others}
          <span className="sr-only"> more at work</span>
        </span>
      )}
    </Link>
  )
}
