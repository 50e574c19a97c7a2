import { useEffect, useEffectEvent, useMemo, useRef } from 'react'
import { VList, type VListHandle } from 'virtua'
import { cn } from '../../../../lib/cn.ts'
import { formatTime } from '../../../../lib/format.ts'
import { toOutline } from '../../model/outline.ts'
import type { Turn } from '../../model/types.ts'

export interface OutlineProps {
  turns: readonly Turn[]
  /** The turn at the top of the screen. */
  current: string | undefined
  loading: boolean
  onGo: (turnId: string) => void
}

/** Everything a person has said in this conversation, to go there. */
export function Outline({ turns, current, loading, onGo }: OutlineProps) {
  const entries = useMemo(() => toOutline(turns), [turns])
  const list = useRef<VListHandle>(null)
  const at = entries.findIndex(({ turnId }) => turnId === current)
  const firstId = entries[0]?.turnId
  const lastFirstId = useRef(firstId)
  const grewUpwards = lastFirstId.current !== undefined && lastFirstId.current !== firstId
  useEffect(() => {
    lastFirstId.current = firstId
  }, [firstId])

  const showCurrent = useEffectEvent(() => {
    if (at >= 0) list.current?.scrollToIndex(at, { align: 'nearest' })
  })
  useEffect(() => {
    if (current !== undefined) showCurrent()
  }, [current])
  return (
    <nav aria-label="Outline" className="flex min-h-0 flex-1 flex-col">
      {loading && (
        <p role="status" className="px-4 py-1 text-faint text-xs">
          Loading earlier messages…
        </p>
      )}
      <VList ref={list} shift={grewUpwards} className="px-2 pb-2" tabIndex={-1}>
        {entries.map((entry) => (
          <button
            key={entry.turnId}
            type="button"
            aria-current={entry.turnId === current ? 'location' : undefined}
            title={formatTime(entry.at)}
            onClick={() => onGo(entry.turnId)}
            className={cn(
              'block w-full truncate rounded-md border-l-2 px-2.5 py-1.5 text-left text-sm -outline-offset-2 hover:bg-hover hover:text-text coarse:py-3',
              entry.turnId === current ? 'border-accent bg-hover text-text' : 'border-transparent text-muted',
              entry.failed && 'text-danger',
            )}
          >
            {entry.title || 'Without words'}
          </button>
        ))}
      </VList>
    </nav>
  )
}
