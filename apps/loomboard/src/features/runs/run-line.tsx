import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { RunMark } from '../../components/run-mark.tsx'
import { IconButton } from '../../components/ui/icon-button.tsx'
import { client } from '../../lib/client.ts'
import { formatCount, formatRelative, plural } from '../../lib/format.ts'
import { findChat } from '../../lib/queries.ts'
import { runWords } from '../../lib/runs/run-words.ts'
import { toast } from '../../lib/toast.ts'
import type { RunRow } from './run-tree.ts'

const indent = ['', 'pl-8', 'pl-14', 'pl-20']

export function RunLine({ row: { run, depth, children }, now }: { row: RunRow; now: number }) {
  const { tone, words } = runWords({ status: run.status, phase: run.phase, awaited: run.awaited_state })
  const title = findChat(run.session_id)?.title
  const tokens = (run.usage.input_tokens ?? 0) + (run.usage.output_tokens ?? 0)
  const end = () => client.cancelAgent(run.agent_id).catch((error) => toast.error('The run could not be ended', error))
  return (
    <div className={`flex items-center gap-2 py-1.5 pr-2 pl-3 ${indent[Math.min(depth, indent.length - 1)]}`}>
      <RunMark tone={tone} words={words} />
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-baseline gap-2 text-sm">
          <Link
            to="/chat/$sessionId"
            params={{ sessionId: run.session_id }}
            className="min-w-0 truncate font-medium underline-offset-2 hover:underline"
          >
            {title || run.agent}
          </Link>
          {title && <span className="max-w-[40%] shrink-0 truncate text-muted">{run.agent}</span>}
        </div>
        <div className="flex flex-wrap gap-x-3 text-faint text-xs tabular-nums">
          <span className={tone === 'asking' ? 'text-warn' : undefined}>{words}</span>
          {children > 0 && tone !== 'waiting' && <span>{plural(children, 'sub-agent')}</span>}
          <span title={`Started ${new Date(run.started_at).toLocaleString()}`}>
            {formatRelative(Date.parse(run.started_at), now)}
          </span>
          {tokens > 0 && <span>{formatCount(tokens)} tokens</span>}
          {run.usage.model && <span className="truncate max-md:hidden">{run.usage.model}</span>}
        </div>
        {run.error && <p className="text-danger text-xs [overflow-wrap:anywhere]">{run.error}</p>}
      </div>
      {run.status === 'running' && (
        <IconButton label={`End this run of ${run.agent}`} size="sm" onClick={() => void end()}>
          <X />
        </IconButton>
      )}
    </div>
  )
}
