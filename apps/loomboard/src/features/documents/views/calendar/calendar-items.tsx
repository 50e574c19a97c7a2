import type { KeyboardEvent } from 'react'
import type { OutlineChunk } from '../../model/outline.ts'
import { CalendarItem } from './calendar-item.tsx'
import type { CalendarProps } from './calendar-view.tsx'

export interface CalendarItemsProps
  extends Pick<CalendarProps, 'field' | 'now' | 'late' | 'selected' | 'editing' | 'onOpen' | 'onPut'> {
  chunks: readonly OutlineChunk[]
  onItemKey?: (event: KeyboardEvent, chunk: OutlineChunk) => void
}

/** Chunks one below the other, each of which can be taken to another day. */
export function CalendarItems(props: CalendarItemsProps) {
  const { chunks, field, late, selected, editing, onOpen, onPut, onItemKey } = props
  if (chunks.length === 0) return null
  return (
    <ul className="flex min-h-0 flex-col gap-1">
      {chunks.map((chunk) => (
        <CalendarItem
          key={chunk.id}
          chunk={chunk}
          field={field}
          isDone={editing.isDone(chunk)}
          isLate={late.has(chunk)}
          isOpen={chunk.id === selected}
          isStuck={editing.stuck.has(chunk.id)}
          onOpen={() => onOpen(chunk.id)}
          onPut={onPut}
          {...(onItemKey ? { onKeyDown: (event) => onItemKey(event, chunk) } : {})}
        />
      ))}
    </ul>
  )
}
