import { Link } from '@tanstack/react-router'
import { Square } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { cn } from '../../../lib/cn.ts'
import { stopRun } from './stop-run.ts'

interface RunStripProps {
  /** How it is going, as a mark. */
  mark: ReactNode
  /** Who does what. */
  children: ReactNode
  /** Since when, and for how much. */
  aside?: ReactNode
  /** Where it can be watched, and what is stopped; nothing where nobody knows. */
  run: { sessionId: string; agentId: string; agent: string; isRunning: boolean } | undefined
  /** Other things that can be done. */
  more?: ReactNode
  className?: string
}

/** A run in one line: who does what since when, to be watched and to be stopped. */
export function RunStrip({ mark, children, aside, run, more, className }: RunStripProps) {
  return (
    <div className={cn('flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm', className)}>
      {mark}
      <span className="flex min-w-0 flex-1 basis-40 items-center gap-2">{children}</span>
      {aside && <span className="min-w-0 truncate text-faint text-xs tabular-nums">{aside}</span>}
      {run && (
        <Link
          to="/chat/$sessionId"
          params={{ sessionId: run.sessionId }}
          className="shrink-0 rounded-md px-1.5 py-0.5 text-accent-text underline-offset-2 hover:underline coarse:py-2"
        >
          {run.isRunning ? 'Watch' : 'Open'}
        </Link>
      )}
      {run?.isRunning && (
        <Button size="sm" variant="ghost" aria-label={`Stop ${run.agent}`} onClick={() => stopRun(run)}>
          <Square aria-hidden="true" className="size-3!" />
          Stop
        </Button>
      )}
      {more}
    </div>
  )
}
