import { useQuery } from '@tanstack/react-query'
import { SlidersHorizontal } from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from '../../../lib/browser/store.ts'
import { cn } from '../../../lib/cn.ts'
import { onDemand, useOnDemand } from '../../../lib/on-demand.ts'
import { tuningOfNew, tuningOpen } from './chosen.ts'
import { isNothing, overridesWords } from './overrides.ts'
import { derivedQuery } from './tuning.ts'

const panel = onDemand(() => import('./tuning-panel.tsx').then((module) => module.TuningPanel))

export interface TuningButtonProps {
  /** Nothing for a conversation that has not begun. */
  sessionId: string | undefined
  /** Whom it is with. */
  agent: string
}

/** Which model this conversation has, and how it is told to answer, where that is not as its agent has it. */
export function TuningButton({ sessionId, agent }: TuningButtonProps) {
  const isOpen = useStore(tuningOpen)
  const fresh = useStore(tuningOfNew)
  const { data } = useQuery({ ...derivedQuery(sessionId ?? ''), enabled: sessionId !== undefined })
  const overrides = (sessionId ? data?.overrides : fresh) ?? {}
  const Panel = useOnDemand(panel, isOpen)
  useEffect(() => () => tuningOpen.set(false), [])
  const words = isNothing(overrides) ? '' : overridesWords(overrides)
  const button = (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-label={words ? `Model: ${words}` : 'Model of this conversation'}
      data-tip="Model, effort and sampling of this conversation"
      {...(Panel ? {} : { onClick: () => tuningOpen.set(true) })}
      className={cn(
        'inline-flex h-7 min-w-7 items-center justify-center gap-1.5 rounded-md px-1.5 text-xs hover:bg-hover hover:text-text coarse:h-10 coarse:min-w-10',
        words ? 'text-accent-text' : 'text-muted',
      )}
    >
      <SlidersHorizontal aria-hidden="true" className="size-3.5 shrink-0" />
      {words && <span className="min-w-0 max-w-40 truncate max-sm:hidden">{words}</span>}
    </button>
  )
  if (!Panel) return button
  return <Panel sessionId={sessionId} agent={agent} overrides={overrides} trigger={button} />
}
