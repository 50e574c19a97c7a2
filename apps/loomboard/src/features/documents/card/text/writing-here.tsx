import type { Chunk } from '@loomcycle/client'
import { useState } from 'react'
import { formatDuration } from '../../../../lib/format.ts'
import { useLiveRun } from '../../../../lib/runs/runs.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { RunStrip } from '../../runs/run-strip.tsx'
import { type Writing, writingNow } from './writing-now.ts'

/** An agent is at work on what is open here; one may write all the same. */
export function WritingHere({ chunk }: { chunk: Chunk }) {
  const [writing, setWriting] = useState<Writing>()
  const now = useNow(writing ? 1000 : 5000)
  const run = useLiveRun(chunk.updated_by.run_id)
  const next = writingNow(writing, chunk, Math.max(now, Date.now()), run?.status)
  if (next !== writing) setWriting(next)
  if (!next) return null
  return (
    <RunStrip
      className="mb-2 rounded-md bg-accent-soft px-3 py-1.5"
      mark={<span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-accent" />}
      run={run && { ...run, agent: next.who, isRunning: run.status === 'running' }}
    >
      <span>
        <span role="status">
          <span className="font-medium">{next.who}</span> has been writing here
        </span>{' '}
        for {formatDuration(Math.max(1000, now - next.since))}
      </span>
    </RunStrip>
  )
}
