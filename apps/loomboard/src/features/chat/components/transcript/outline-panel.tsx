import { X } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { onDemand, useOnDemand } from '../../../../lib/on-demand.ts'
import type { Turn } from '../../model/types.ts'
import { outlineHasRoom, toggleOutline } from '../../reading.ts'
import { Outline } from './outline.tsx'

export interface OutlinePanelProps {
  turns: readonly Turn[]
  loading: boolean
  scroller: RefObject<HTMLElement | null>
  turnAtTop: () => string | undefined
  onGo: (turnId: string) => void
}

const sheet = onDemand(() => import('../../../../components/ui/sheet.tsx').then((module) => module.Sheet))

/** Beside the conversation where there is room, over it where there is not. */
export function OutlinePanel({ turns, loading, scroller, turnAtTop, onGo }: OutlinePanelProps) {
  const beside = useMedia(outlineHasRoom)
  const current = useTurnAtTop(scroller, turnAtTop, turns)
  const Sheet = useOnDemand(sheet, !beside)
  if (beside) {
    return (
      <aside
        aria-label="Outline of the conversation"
        className="absolute inset-y-0 right-0 flex w-64 flex-col border-l bg-bg"
      >
        <div className="flex h-10 items-center justify-between pr-2 pl-4">
          <h2 className="font-medium text-faint text-xs">Outline</h2>
          <IconButton label="Close the outline" size="sm" onClick={toggleOutline}>
            <X />
          </IconButton>
        </div>
        <Outline turns={turns} current={current} loading={loading} onGo={onGo} />
      </aside>
    )
  }
  if (!Sheet) return null
  return (
    <Sheet open onOpenChange={toggleOutline} title="Outline of the conversation" side="right">
      <h2 className="px-4 pt-4 pb-2 font-medium text-faint text-xs">Outline</h2>
      <Outline
        turns={turns}
        current={current}
        loading={loading}
        onGo={(turnId) => {
          toggleOutline()
          onGo(turnId)
        }}
      />
    </Sheet>
  )
}

function useTurnAtTop(
  scroller: RefObject<HTMLElement | null>,
  turnAtTop: () => string | undefined,
  turns: readonly Turn[],
): string | undefined {
  const [current, setCurrent] = useState<string>()
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let frame = 0
    const look = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        setCurrent(turnAtTop())
      })
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      element.removeEventListener('scroll', look)
      cancelAnimationFrame(frame)
    }
  }, [scroller, turnAtTop, turns.length])
  return current
}
