import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RunMark } from '../../../components/run-mark.tsx'
import { Menu, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { cn } from '../../../lib/cn.ts'
import { formatRelative } from '../../../lib/format.ts'
import { runWords } from '../../../lib/runs/run-words.ts'
import { spentInWords } from '../../../lib/runs/spent.ts'
import { useNow } from '../../../lib/use-now.ts'
import { asShown, type CardRun, mostUrgent } from '../model/card-runs.ts'
import { cardRunsQuery } from '../queries.ts'
import { useCardRuns } from './card-runs.ts'
import { RunMenu } from './run-menu.tsx'

/** Who is at work on a card, since when and for how much; opens to what can be done about it. */
export function RunBadge({ cardId, className }: { cardId: string; className?: string }) {
  const runs = useCardRuns(cardId)
  const run = mostUrgent(runs)
  return run ? <Badge run={run} runs={runs} className={className} /> : null
}

interface BadgeProps {
  run: CardRun
  runs: readonly CardRun[]
  className: string | undefined
}

function Badge({ run, runs, className }: BadgeProps) {
  const now = useNow(30_000)
  const [isOpen, setOpen] = useState(false)
  const { data: usage } = useQuery({
    ...cardRunsQuery(run.card?.documentId ?? ''),
    select: ({ runs }) => runs.find(({ run_id }) => run_id === run.runId)?.usage,
  })
  const { tone, words } = runWords(asShown(run))
  const others = runs.length - 1
  const since = formatRelative(run.startedAt, now)
  const spent = spentInWords(usage)
  return (
    <Menu open={isOpen} onOpenChange={setOpen}>
      <MenuTrigger
        tabIndex={-1}
        title={[`${run.agent}: ${words.toLowerCase()}, since ${since}`, spent].filter(Boolean).join(', ')}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => setOpen(true)}
        className={cn(
          'inline-flex h-5 min-w-0 max-w-full items-center gap-1 rounded-full pr-2 pl-0.5 text-2xs hover:underline',
          tone === 'asking' ? 'bg-warn-soft text-warn' : 'bg-accent-soft text-accent-text',
          className,
        )}
      >
        <RunMark tone={tone} words={words} />
        <span className="truncate font-medium">{run.agent}</span>
        {tone === 'asking' && <span className="shrink-0">asks you</span>}
        <span className="shrink-0 tabular-nums">{[since, spent].filter(Boolean).join(' · ')}</span>
        {others > 0 && (
          <span className="shrink-0 tabular-nums">
            +{others}
            <span className="sr-only"> more at work</span>
          </span>
        )}
      </MenuTrigger>
      {isOpen && <RunMenu runs={runs} />}
    </Menu>
  )
}
