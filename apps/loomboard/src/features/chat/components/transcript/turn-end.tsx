import { Check, Copy } from 'lucide-react'
import { memo } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useCopy } from '../../../../lib/browser/use-copy.ts'
import { formatCost } from '../../../../lib/cost.ts'
import { formatCount, formatDuration } from '../../../../lib/format.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { TurnActions } from '../../branching/turn-actions.tsx'
import { readingSince } from '../../model/reading-since.ts'
import type { Turn, TurnUsage } from '../../model/types.ts'
import { TurnEndingLine } from './turn-ending.tsx'

/** The last line of a turn: how it ended and what it took. While it works, that it does. */
export const TurnEnd = memo(function TurnEnd({ turn }: { turn: Turn }) {
  if (turn.status === 'working') {
    return (
      <div className="flex items-center gap-1">
        <Working turn={turn} />
        <TurnActions turn={turn} />
      </div>
    )
  }
  const took = (turn.endedAt ?? turn.startedAt) - turn.startedAt
  const { cost, model } = turn.usage
  const facts = [
    turn.status === 'stopped' && 'Stopped',
    took >= 100 && formatDuration(took),
    model,
    cost && formatCost(cost.amount, cost.currency),
  ].filter(Boolean)
  return (
    <>
      {turn.ending && <TurnEndingLine turn={turn} ending={turn.ending} />}
      <div className="flex min-h-6 items-center gap-1 pt-0.5 pb-1 text-faint text-xs">
        <CopyAnswer turn={turn} />
        <TurnActions turn={turn} />
        <span className="truncate tabular-nums" title={tokens(turn.usage)}>
          {facts.join(' · ')}
        </span>
      </div>
    </>
  )
})

function tokens({ input, output, cached }: TurnUsage): string | undefined {
  if (output === 0) return undefined
  const fromCache = cached > 0 ? `, ${formatCount(cached)} of them from the cache` : ''
  return `${formatCount(input)} tokens in${fromCache}, ${formatCount(output)} out`
}

function Working({ turn }: { turn: Turn }) {
  const last = turn.parts.at(-1)
  const waits = waitsFor(turn)
  // The question says so itself.
  if (waits === 'answer') return null
  if (waits) {
    return (
      <div className="flex h-7 items-center gap-2 text-muted text-sm">
        <span aria-hidden="true" className="size-2 rounded-full border border-line-strong" />
        {waits}
      </div>
    )
  }
  const visible = (last?.kind === 'text' && last.open) || (last?.kind === 'thinking' && last.endedAt === undefined)
  return (
    <div className="flex h-7 items-center gap-2 text-muted text-sm">
      <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-accent" />
      {!visible && <Silent since={readingSince(turn)} />}
    </div>
  )
}

/** Until the model says something: it reads all of the conversation first, and a local one may take minutes. */
function Silent({ since }: { since: number | undefined }) {
  const now = useNow(since === undefined ? 0 : 1000)
  const ms = since === undefined ? 0 : now - since
  if (ms < noticed) return 'Working'
  return (
    <span>
      The model is reading…
      {ms >= long && <span className="text-faint tabular-nums"> {formatDuration(ms)}</span>}
      {ms >= veryLong && <span className="text-faint"> · one on your own machine may be loading first</span>}
    </span>
  )
}

const noticed = 4_000
const long = 15_000
const veryLong = 30_000

/** All that is still open waits for somebody else. */
function waitsFor(turn: Turn): 'answer' | 'Waiting for its sub-agents' | 'Waiting' | undefined {
  const asked = new Set<string | undefined>()
  for (const part of turn.parts) if (part.kind === 'question' && part.state === 'pending') asked.add(part.callId)
  const open = turn.parts.filter((part) => part.kind === 'tool' && part.state === 'running')
  if (open.length === 0) return undefined
  let children = false
  for (const part of open) {
    if (part.kind !== 'tool' || asked.has(part.callId)) continue
    if (!part.children?.some(({ state }) => state === 'running')) return undefined
    children = true
  }
  if (asked.size > 0) return 'answer'
  return children ? 'Waiting for its sub-agents' : 'Waiting'
}

function CopyAnswer({ turn }: { turn: Turn }) {
  const answer = turn.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n')
  const { copied, copy } = useCopy(answer)
  if (!answer) return null
  return (
    <IconButton label={copied ? 'Copied' : 'Copy answer'} size="sm" className="-ml-1.5" onClick={copy}>
      {copied ? <Check className="text-accent-text" /> : <Copy />}
    </IconButton>
  )
}
