import { useDraggable } from '@dnd-kit/core'
import type { KeyboardEvent } from 'react'
import { cn } from '../../../../lib/cn.ts'
import { addDays, type Day, dayOf } from '../../model/dates.ts'
import { type ItemProps, PutMenu } from './calendar-item.tsx'
import { type Bar, barInWords, daysBetween } from './timeline.ts'

/** In pixels: how wide a day is, and how wide the names are. */
export interface Measures {
  day: number
  names: number
}

interface TimelineRowProps extends Omit<ItemProps, 'chunk' | 'onKeyDown'> {
  bar: Bar
  /** The first day that is seen, and how many there are. */
  from: Day
  days: number
  measures: Measures
  /** The keyboard comes to it. */
  isStop: boolean
  onKeyDown: (event: KeyboardEvent) => void
}

/** A chunk and the days it takes: by its name for the keyboard, by its bar for the hand. */
export function TimelineRow(props: TimelineRowProps) {
  const { bar, from, days, measures, field, isDone, isLate, isOpen, isStuck, isStop, onOpen, onPut, onKeyDown } = props
  const { chunk } = bar
  const { setNodeRef, listeners, transform, isDragging } = useDraggable({ id: chunk.id, data: { chunk, isBar: true } })
  const title = chunk.title || 'Untitled'
  // What reaches beyond the weeks is cut off where they end.
  const first = Math.max(0, daysBetween(from, bar.first))
  const last = Math.min(days - 1, daysBetween(from, bar.last))
  const isCut = bar.first < from || bar.last > addDays(from, days - 1)
  return (
    <div className="group/row relative flex h-9 border-b">
      <div
        style={{ width: measures.names }}
        className={cn(
          'sticky left-0 z-10 flex shrink-0 items-center border-r bg-bg pl-2 md:pl-3',
          isOpen && 'bg-hover',
        )}
      >
        <button
          type="button"
          data-item={chunk.id}
          tabIndex={isStop ? 0 : -1}
          onClick={onOpen}
          onKeyDown={onKeyDown}
          className={cn(
            'h-full min-w-0 flex-1 truncate text-left text-sm -outline-offset-2',
            isDone ? 'text-muted' : isLate ? 'text-danger' : 'text-text',
          )}
        >
          {title}
          <span className="sr-only">
            , {barInWords(bar)}
            {isLate && ', overdue'}
            {isStuck && ', not saved'}
          </span>
        </button>
        <span className="shrink-0 opacity-0 focus-within:opacity-100 has-data-[state=open]:opacity-100 group-hover/row:opacity-100 coarse:opacity-100">
          <PutMenu chunk={chunk} day={dayOf(chunk.fields?.[field])} onPut={onPut} />
        </span>
      </div>
      <div className="relative flex-1">
        <button
          ref={setNodeRef}
          type="button"
          aria-hidden="true"
          tabIndex={-1}
          title={`${title}, ${barInWords(bar)}`}
          onClick={onOpen}
          {...(listeners ?? {})}
          style={{
            left: first * measures.day,
            width: (last - first + 1) * measures.day,
            ...(transform
              ? { transform: `translateX(${Math.round(transform.x / measures.day) * measures.day}px)` }
              : {}),
          }}
          className={cn(
            'absolute inset-y-1.5 cursor-grab rounded-md border touch-manipulation',
            isDone
              ? 'border-line bg-surface'
              : isLate
                ? 'border-danger-line bg-danger-soft'
                : 'border-accent bg-accent-soft',
            isCut && 'border-dashed',
            isOpen && 'ring-1 ring-accent',
            isDragging && 'z-10 cursor-grabbing shadow-pop',
          )}
        />
      </div>
    </div>
  )
}
