import { DndContext, type DragEndEvent, DragOverlay, pointerWithin, useDroppable } from '@dnd-kit/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useFirst } from '../../../../components/first-of.tsx'
import { Popover } from '../../../../components/ui/popover.tsx'
import { cn } from '../../../../lib/cn.ts'
import { plural } from '../../../../lib/format.ts'
import { addDays, type Day, dayOf, fromDay, weekStart } from '../../model/dates.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { CalendarItems } from './calendar-items.tsx'
import type { CalendarProps } from './calendar-view.tsx'
import { refocus, silent, useDragSensors } from './dragging.ts'
import { daysOf, today } from './schedule.ts'
import { Unscheduled } from './unscheduled.tsx'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
/** As many fit into a day of a month; of a week, more is asked for. */
const mostInMonth = 3
const mostInWeek = 50

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** A month or a week of days. Arrows go from day to day, Enter into a day; with Alt they take what one is on along. */
export function CalendarGrid(props: CalendarProps & { span: 'month' | 'week'; isAsideOpen: boolean }) {
  const { schedule, field, day, span, now, onSearch, onPut } = props
  const days = daysOf(day, span)
  const [on, setOn] = useState<Day>()
  const [dragged, setDragged] = useState<OutlineChunk>()
  const [said, setSaid] = useState('')
  const root = useRef<HTMLDivElement>(null)
  const sensors = useDragSensors()
  const stop = on !== undefined && days.includes(on) ? on : days.includes(day) ? day : days[0]!

  function put(chunk: OutlineChunk, to: Day | undefined): void {
    onPut(chunk, to)
    setSaid(to ? `${chunk.title} moved to ${dayInWords(to)}.` : `${chunk.title} has no date now.`)
  }
  function go(to: Day): void {
    setOn(to)
    if (!days.includes(to)) onSearch({ day: to })
    // It may be drawn with the next frame only.
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus())
  }
  function onDayKey(event: KeyboardEvent, at: Day): void {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    const step = steps[event.key]
    if (step !== undefined) go(addDays(at, step))
    else if (event.key === 'Home') go(weekStart(at))
    else if (event.key === 'End') go(addDays(weekStart(at), 6))
    else if (event.key === 'PageUp' || event.key === 'PageDown') go(addDays(at, event.key === 'PageUp' ? -28 : 28))
    else if (event.key === 'Enter') event.currentTarget.querySelector<HTMLElement>('[data-item]')?.focus()
    else return
    event.preventDefault()
  }
  function onItemKey(event: KeyboardEvent, chunk: OutlineChunk): void {
    const at = dayOf(chunk.fields?.[field])
    if (at === undefined) return
    const step = steps[event.key]
    if (event.altKey && step !== undefined) {
      const to = addDays(at, step)
      put(chunk, to)
      if (!days.includes(to)) onSearch({ day: to })
      refocus(root.current, chunk.id)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const items = [...(root.current?.querySelectorAll<HTMLElement>(`[data-day="${at}"] [data-item]`) ?? [])]
      items[items.indexOf(event.currentTarget as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
    } else if (event.key === 'm') {
      root.current?.querySelector<HTMLElement>(`[data-put="${CSS.escape(chunk.id)}"]`)?.click()
    } else if (event.key === 'Escape') root.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  function onDragEnd({ active, over }: DragEndEvent): void {
    setDragged(undefined)
    const chunk = (active.data.current as { chunk: OutlineChunk } | undefined)?.chunk
    if (chunk && over) put(chunk, over.id === 'none' ? undefined : String(over.id))
  }
  const cellProps = { ...props, on: stop, isShort: span === 'month', onDayKey, onItemKey, onPut: put, onFocus: setOn }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements: silent }}
      onDragStart={({ active }) => setDragged((active.data.current as { chunk: OutlineChunk } | undefined)?.chunk)}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(undefined)}
    >
      <div ref={root} className="flex min-h-0 flex-1 border-t">
        <div role="grid" aria-label="Calendar" className="flex min-h-0 min-w-0 flex-1 flex-col">
          <div role="row" className="grid shrink-0 grid-cols-7 border-b bg-surface text-muted text-xs">
            {weekdays.map((name) => (
              <div key={name} role="columnheader" className="px-2 py-1 font-medium">
                {name}
              </div>
            ))}
          </div>
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
            {weeksOf(days).map((week) => (
              <div key={week[0]} role="row" className="grid min-h-36 flex-1 grid-cols-7 border-b last:border-b-0">
                {week.map((each) => (
                  <DayCell
                    key={each}
                    {...cellProps}
                    day={each}
                    chunks={schedule.byDay.get(each) ?? none}
                    isToday={each === today(now)}
                    isOther={span === 'month' && each.slice(0, 7) !== day.slice(0, 7)}
                  />
                ))}
              </div>
            ))}
          </div>
        </div>
        {props.isAsideOpen && <Unscheduled {...props} onPut={put} />}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className="flex h-6 max-w-48 items-center rounded-md border border-accent bg-raised px-1.5 text-xs shadow-pop">
            <span className="truncate">{dragged.title}</span>
          </div>
        )}
      </DragOverlay>
      <p aria-live="assertive" className="sr-only">
        {said}
      </p>
    </DndContext>
  )
}

const none: readonly OutlineChunk[] = []

type DayCellProps = CalendarProps & {
  chunks: readonly OutlineChunk[]
  isToday: boolean
  /** It belongs to another month. */
  isOther: boolean
  isShort: boolean
  /** The day that the keyboard comes to. */
  on: Day
  onFocus: (day: Day) => void
  onDayKey: (event: KeyboardEvent, day: Day) => void
  onItemKey: (event: KeyboardEvent, chunk: OutlineChunk) => void
}

function DayCell(props: DayCellProps) {
  const { day, chunks, isToday, isOther, isShort, on, onFocus, onDayKey, onItemKey } = props
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const shown = isShort && chunks.length > mostInMonth ? chunks.slice(0, mostInMonth - 1) : chunks
  const { first, more } = useFirst(shown, mostInWeek, day)
  return (
    <div
      ref={setNodeRef}
      role="gridcell"
      data-day={day}
      tabIndex={day === on ? 0 : -1}
      aria-current={isToday ? 'date' : undefined}
      onFocus={(event) => event.target === event.currentTarget && onFocus(day)}
      onKeyDown={(event) => onDayKey(event, day)}
      className={cn(
        'flex min-h-0 min-w-0 flex-col gap-1 border-r p-1 -outline-offset-2 last:border-r-0',
        isOther && 'bg-surface',
        isOver && 'bg-accent-soft',
        !isShort && 'overflow-y-auto',
      )}
    >
      <span className="sr-only">
        {dayInWords(day)}, {chunks.length === 0 ? 'nothing' : plural(chunks.length, 'chunk')}
      </span>
      <span
        aria-hidden="true"
        className={cn(
          'flex h-5 min-w-5 shrink-0 items-center justify-center self-start rounded-full px-1 text-xs tabular-nums',
          isToday ? 'bg-accent font-medium text-on-accent' : isOther ? 'text-faint' : 'text-muted',
        )}
      >
        {Number(day.slice(8))}
      </span>
      <CalendarItems {...props} chunks={first} onItemKey={onItemKey} />
      {more}
      {shown.length < chunks.length && (
        <Popover
          label={dayInWords(day)}
          className="max-h-80 w-72"
          trigger={
            <button
              type="button"
              tabIndex={-1}
              className="rounded-md px-1.5 text-left text-muted text-xs hover:bg-hover"
            >
              {chunks.length - shown.length} more
            </button>
          }
        >
          <DayList {...props} />
        </Popover>
      )}
    </div>
  )
}

const mostInList = 100

/** Everything of one day. */
function DayList(props: DayCellProps) {
  const { first, more } = useFirst(props.chunks, mostInList, props.day)
  return (
    <div className="flex flex-col gap-1.5">
      <p className="px-1 font-medium text-sm">{dayInWords(props.day)}</p>
      <CalendarItems {...props} chunks={first} onItemKey={props.onItemKey} />
      {more}
    </div>
  )
}

function weeksOf(days: readonly Day[]): Day[][] {
  return Array.from({ length: days.length / 7 }, (_, i) => days.slice(7 * i, 7 * i + 7))
}

export function dayInWords(day: Day): string {
  return fromDay(day).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}
