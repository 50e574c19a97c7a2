import { Badge } from '../../../components/ui/badge.tsx'
import { cn } from '../../../lib/cn.ts'
import { plural } from '../../../lib/format.ts'
import type { RunActivity } from '../model/run-activity.ts'

/** What a conversation is doing, in a word. */
export function PhaseBadge(props: { activity: RunActivity; compacting: boolean; className?: string }) {
  const phase = phaseOf(props.activity, props.compacting)
  if (!phase) return null
  return (
    <Badge tone={phase.tone} className={cn('shrink-0', props.className)}>
      {phase.before && <span className="whitespace-pre">{phase.before}</span>}
      {phase.word}
    </Badge>
  )
}

interface Phase {
  word: string
  before?: string
  tone: 'accent' | 'neutral' | 'warn'
}

function phaseOf(activity: RunActivity, compacting: boolean): Phase | undefined {
  if (compacting) return { word: 'Compacting', tone: 'accent' }
  switch (activity.kind) {
    case 'none':
      return undefined
    case 'starting':
      return { word: 'Starting', tone: 'accent' }
    case 'working':
      return { word: 'Working', tone: 'accent' }
    case 'asking':
      return { word: 'Waiting for you', tone: 'warn' }
    case 'delegating':
      return { before: 'Waiting for ', word: plural(activity.children, 'sub-agent'), tone: 'accent' }
    case 'waiting':
      return { word: 'Waiting', tone: 'warn' }
    case 'parked':
      return { word: 'Your turn', tone: 'neutral' }
    case 'ended':
      return { word: 'Ended', tone: 'neutral' }
  }
}
