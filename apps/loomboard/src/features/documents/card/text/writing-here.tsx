import type { Chunk } from '@loomcycle/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { client } from '../../../../lib/client.ts'
import { formatDuration } from '../../../../lib/format.ts'
import { useLiveRun } from '../../../../lib/runs/runs.ts'
import { toast } from '../../../../lib/toast.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { type Writing, writingNow } from './writing-now.ts'

/** An agent is at work on what is open here; one may write all the same. */
export function WritingHere({ chunk }: { chunk: Chunk }) {
  const [writing, setWriting] = useState<Writing>()
  const now = useNow(writing ? 1000 : 5000)
  const run = useLiveRun(chunk.updated_by.run_id)
  const next = writingNow(writing, chunk, Math.max(now, Date.now()), run?.status)
  if (next !== writing) setWriting(next)
  if (!next) return null
  const stop = (agentId: string) =>
    client.cancelAgent(agentId).catch((error) => toast.error(`${next.who} could not be stopped`, error))
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-accent-soft px-3 py-1.5 text-sm">
      <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-accent" />
      <span className="min-w-0 flex-1">
        <span role="status">
          <span className="font-medium">{next.who}</span> has been writing here
        </span>{' '}
        for {formatDuration(Math.max(1000, now - next.since))}
      </span>
      {run && (
        <>
          <Link
            to="/chat/$sessionId"
            params={{ sessionId: run.sessionId }}
            className="rounded-md px-1.5 py-0.5 text-accent-text text-sm hover:underline coarse:py-2"
          >
            Watch
          </Link>
          {run.status === 'running' && (
            <Button size="sm" variant="ghost" onClick={() => void stop(run.agentId)}>
              Ask it to stop
            </Button>
          )}
        </>
      )}
    </div>
  )
}
