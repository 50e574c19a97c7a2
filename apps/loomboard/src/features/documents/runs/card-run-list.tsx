import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { useFirst } from '../../../components/first-of.tsx'
import { RunMark } from '../../../components/run-mark.tsx'
import { formatDuration, formatRelative } from '../../../lib/format.ts'
import { costQuery } from '../../../lib/runs/cost-query.ts'
import { toLiveRun } from '../../../lib/runs/live-runs.ts'
import { runWords } from '../../../lib/runs/run-words.ts'
import { addUsage, spentInWords } from '../../../lib/runs/spent.ts'
import { useNow } from '../../../lib/use-now.ts'
import { runsOfCardQuery } from '../queries.ts'
import { RevertRun } from './revert-run.tsx'
import { RunStrip } from './run-strip.tsx'

const mostShown = 10

/** The runs on a card that are over: who it was, what it took, and what they did, to be taken back. */
export function CardRunList({ documentId, cardId }: { documentId: string; cardId: string }) {
  const { data } = useQuery(runsOfCardQuery(documentId, cardId))
  const ended = (data?.runs ?? []).filter(({ live }) => !live)
  const { first, more } = useFirst(ended, mostShown, cardId)
  if (ended.length === 0) return null
  return (
    <section className="mt-5" aria-label="Runs">
      <h3 className="mb-1 font-medium text-faint text-xs">
        Runs
        <Together {...{ documentId, cardId }} of={ended} />
      </h3>
      <ul>
        {first.map((row) => (
          <EndedRun key={row.run_id} row={row} />
        ))}
      </ul>
      {more}
    </section>
  )
}

/** What they took together, and cost where that is known. */
function Together({ documentId, cardId, of }: { documentId: string; cardId: string; of: readonly Row[] }) {
  const { data: cost = '' } = useQuery(costQuery({ documentId, chunkId: cardId }, of.length))
  const all = [of.length > 1 ? spentInWords(addUsage(of.map(({ usage }) => usage))) : '', cost].filter(Boolean)
  return all.length === 0 ? null : <span className="ml-2 font-normal tabular-nums">{all.join(' · ')}</span>
}

type Row = Parameters<typeof toLiveRun>[0]

function EndedRun({ row }: { row: Row }) {
  const [isOpen, setOpen] = useState(false)
  const now = useNow(30_000)
  const run = toLiveRun(row)
  const { tone, words } = runWords(run)
  const took = row.completed_at ? formatDuration(Date.parse(row.completed_at) - run.startedAt) : ''
  return (
    <li>
      <Disclosure
        open={isOpen}
        onOpenChange={setOpen}
        lead={<RunMark tone={tone} words={words} />}
        label={
          <>
            <span className="min-w-0 truncate text-text">{run.agent}</span>
            <span className="min-w-0 flex-1 truncate text-faint text-xs tabular-nums">
              {[took, spentInWords(row.usage)].filter(Boolean).join(' · ')}
            </span>
            <span className="shrink-0 text-faint text-xs tabular-nums">{formatRelative(run.startedAt, now)}</span>
          </>
        }
      >
        <div className="flex flex-col gap-1 pb-2 pl-4">
          <RunStrip mark={null} run={{ ...run, isRunning: false }}>
            <span className="text-muted">{run.error ?? words}</span>
          </RunStrip>
          <RevertRun runId={run.runId} agent={run.agent} />
        </div>
      </Disclosure>
    </li>
  )
}
