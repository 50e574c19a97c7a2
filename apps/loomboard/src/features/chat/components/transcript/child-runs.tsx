import { X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Disclosure } from '../../../../components/disclosure.tsx'
import { useFirst } from '../../../../components/first-of.tsx'
import { RunMark } from '../../../../components/run-mark.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { client } from '../../../../lib/client.ts'
import { clip, formatDuration } from '../../../../lib/format.ts'
import { useLiveRun } from '../../../../lib/runs/runs.ts'
import { toast } from '../../../../lib/toast.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { childWords, tasksOf } from '../../model/child-words.ts'
import type { ChildRun, ToolPart } from '../../model/types.ts'
import { useExpanded } from './expanded.ts'

const ChildTranscript = lazy(() => import('./child-transcript.tsx').then((m) => ({ default: m.ChildTranscript })))

const mostChildren = 100

/** The sub-agents of a call, each with what it does now; opening one shows its own conversation in place. */
export function ChildRuns({ part }: { part: ToolPart }) {
  const tasks = tasksOf(part)
  const children = useFirst(part.children ?? [], mostChildren)
  return (
    <ul aria-label="Sub-agents" className="mb-1 ml-[0.4rem] border-line border-l-2 pl-4">
      {children.first.map((child) => (
        <li key={child.index}>
          <Child partId={part.id} child={child} task={tasks[child.index] ?? ''} />
        </li>
      ))}
      {children.more && <li>{children.more}</li>}
    </ul>
  )
}

function Child({ partId, child, task }: { partId: string; child: ChildRun; task: string }) {
  const live = useLiveRun(child.runId)
  const { tone, words } = childWords(child, live)
  const isOver = child.state !== 'running' || (live !== undefined && live.status !== 'running')
  const [open, setOpen] = useExpanded(`${partId}:${child.index}`, tone === 'asking')
  const { agentId } = child
  const cancel = () =>
    client.cancelAgent(agentId ?? '').catch((error) => toast.error('The sub-agent could not be stopped', error))

  return (
    <Disclosure
      open={open}
      onOpenChange={setOpen}
      label={
        <>
          <RunMark tone={tone} words={words} />
          <span className="max-w-[45%] shrink-0 truncate font-medium text-text">{child.agent}</span>
          <span className="min-w-0 flex-1 truncate">{clip(child.error ?? task, 160)}</span>
          {(tone === 'asking' || tone === 'waiting') && (
            <span
              className={
                tone === 'asking'
                  ? 'shrink-0 text-warn text-xs max-md:hidden'
                  : 'shrink-0 text-faint text-xs max-md:hidden'
              }
            >
              {words}
            </span>
          )}
          <Elapsed child={child} isOver={isOver} />
        </>
      }
      aside={
        !isOver &&
        agentId && (
          <IconButton label={`Stop ${child.agent}`} size="sm" onClick={() => void cancel()}>
            <X />
          </IconButton>
        )
      }
    >
      <div className="mt-1 mb-2 ml-[0.4rem] border-line border-l-2 pl-3">
        {agentId ? (
          <Suspense>
            <ChildTranscript agentId={agentId} sessionId={live?.sessionId} isOver={isOver} />
          </Suspense>
        ) : (
          <p className="py-1 text-muted text-sm">{child.error ?? 'It was never started.'}</p>
        )}
      </div>
    </Disclosure>
  )
}

function Elapsed({ child, isOver }: { child: ChildRun; isOver: boolean }) {
  const now = useNow(isOver ? 0 : 1000)
  const ms = (child.endedAt ?? now) - child.startedAt
  // It ended before its siblings: when, only its own log says.
  if (ms < 1000 || (isOver && child.endedAt === undefined)) return null
  return <span className="shrink-0 text-faint text-xs tabular-nums">{formatDuration(ms)}</span>
}
