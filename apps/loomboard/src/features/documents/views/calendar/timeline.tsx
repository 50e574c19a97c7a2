import { DndContext, type DragEndEvent, pointerWithin, useDroppable } from '@dnd-kit/core'
import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from 'react'
import { Virtualizer } from 'virtua'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { addDays, type Day, dayOf, fromDay } from '../../model/dates.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { dayInWords } from './calendar-grid.tsx'
import type { CalendarProps } from './calendar-view.tsx'
import { refocus, silent, useDragSensors } from './dragging.ts'
import { today, weeksAround } from './schedule.ts'
import { type Bar, barInWords, barOf, daysBetween, endsOf, shifted, toBars } from './timeline.ts'
import { type Measures, TimelineRow } from './timeline-row.tsx'
import { Unscheduled } from './unscheduled.tsx'

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** In pixels. */
const rowHeight = 36
const headHeight = 32
const onDesk: Measures = { day: 16, names: 224 }
const onPhone: Measures = { day: 10, names: 168 }

/** Weeks side by side, and a row for each chunk from its first day to its last. With Alt, arrows take it along. */
export function Timeline(props: CalendarProps & { isAsideOpen: boolean }) {
  const { all, field, fields, day, editing, onSearch, isAsideOpen } = props
  const measures = useMedia('(min-width: 768px)') ? onDesk : onPhone
  const [said, setSaid] = useState('')
  const root = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const sensors = useDragSensors()
  const ends = useMemo(() => endsOf(field, fields), [field, fields])
  const weeks = useMemo(() => weeksAround(day), [day])
  const shown = useMemo(() => toBars(all, ends, weeks), [all, ends, weeks])
  const { bars } = shown

  function shift(chunk: OutlineChunk, days: number): void {
    const bar = barOf(chunk, ends)
    if (!bar || days === 0) return
    const moved = { chunk, first: addDays(bar.first, days), last: addDays(bar.last, days) }
    editing.edit(chunk.id, shifted(chunk, ends, days))
    setSaid(`${chunk.title || 'Untitled'} moved to ${barInWords(moved)}.`)
    const isInSight = moved.first <= addDays(weeks.at(-1)!, 6) && moved.last >= weeks[0]!
    if (!isInSight) onSearch({ day: moved.first })
    refocus(root.current, chunk.id)
  }
  /** Its field gets that day, and the other end comes along; without a day, it has neither. */
  function put(chunk: OutlineChunk, to: Day | undefined): void {
    const title = chunk.title || 'Untitled'
    const from = dayOf(chunk.fields?.[field]) ?? barOf(chunk, ends)?.last
    if (to !== undefined && from !== undefined) shift(chunk, daysBetween(from, to))
    else if (to !== undefined) {
      props.onPut(chunk, to)
      setSaid(`${title} moved to ${dayInWords(to)}.`)
    } else {
      const given = Object.values(ends).filter((name) => chunk.fields?.[name] !== undefined)
      editing.edit(chunk.id, Object.fromEntries(given.map((name) => [`fields.${name}`, null])))
      setSaid(`${title} has no date now.`)
    }
  }
  function onKeyDown(event: KeyboardEvent, at: number): void {
    const bar = bars[at]
    const step = steps[event.key]
    if (!bar || event.ctrlKey || event.metaKey) return
    if (event.altKey && step !== undefined) shift(bar.chunk, step)
    else if (event.altKey) return
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') go(at + (event.key === 'ArrowUp' ? -1 : 1))
    else if (event.key === 'Home' || event.key === 'End') go(event.key === 'Home' ? 0 : bars.length - 1)
    else if (event.key === 'm') {
      root.current?.querySelector<HTMLElement>(`[data-put="${CSS.escape(bar.chunk.id)}"]`)?.click()
    } else return
    event.preventDefault()
  }
  function go(at: number): void {
    const next = bars[at]
    const element = scroller.current
    if (!next || !element) return
    const top = at * rowHeight
    element.scrollTop = Math.min(Math.max(element.scrollTop, top + headHeight + rowHeight - element.clientHeight), top)
    refocus(root.current, next.chunk.id)
  }
  function onDragEnd({ active, over, delta, activatorEvent }: DragEndEvent): void {
    const { chunk, isBar = false } = (active.data.current ?? {}) as { chunk?: OutlineChunk; isBar?: boolean }
    const element = scroller.current
    if (!chunk || !over || !element) return
    if (over.id === 'none') put(chunk, undefined)
    else if (isBar) shift(chunk, Math.round(delta.x / measures.day))
    else if (activatorEvent instanceof MouseEvent) {
      const x = activatorEvent.clientX + delta.x - element.getBoundingClientRect().left + element.scrollLeft
      put(chunk, addDays(weeks[0]!, Math.floor((x - measures.names) / measures.day)))
    }
  }
  const outside = [shown.before > 0 && `${shown.before} before`, shown.after > 0 && `${shown.after} after`]
    .filter(Boolean)
    .join(' and ')
  const stop = bars.some(({ chunk }) => chunk.id === props.selected) ? props.selected : bars[0]?.chunk.id
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements: silent }}
      autoScroll={false}
      onDragEnd={onDragEnd}
    >
      <div ref={root} className="flex min-h-0 flex-1 border-t">
        <section aria-label="Timeline" className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Weeks weeks={weeks} measures={measures} now={props.now} scroller={scroller}>
            <Virtualizer
              scrollRef={scroller}
              data={bars as Bar[]}
              itemSize={rowHeight}
              startMargin={headHeight}
              as="ul"
              item="li"
              keepMounted={[
                Math.max(
                  0,
                  bars.findIndex(({ chunk }) => chunk.id === stop),
                ),
              ]}
            >
              {(bar, i) => (
                <TimelineRow
                  key={bar.chunk.id}
                  bar={bar}
                  from={weeks[0]!}
                  days={weeks.length * 7}
                  measures={measures}
                  field={field}
                  isDone={editing.isDone(bar.chunk)}
                  isLate={props.late.has(bar.chunk)}
                  isOpen={bar.chunk.id === props.selected}
                  isStuck={editing.stuck.has(bar.chunk.id)}
                  isStop={bar.chunk.id === stop}
                  onOpen={() => props.onOpen(bar.chunk.id)}
                  onPut={put}
                  onKeyDown={(event) => onKeyDown(event, i)}
                />
              )}
            </Virtualizer>
          </Weeks>
          {bars.length === 0 && <EmptyState title="Nothing in these weeks" />}
          <p role="status" className="shrink-0 border-t px-3 py-1 text-muted text-xs empty:hidden md:px-4">
            {outside && `${outside} these weeks`}
          </p>
          <p aria-live="assertive" className="sr-only">
            {said}
          </p>
        </section>
        {isAsideOpen && <Unscheduled {...props} onPut={put} />}
      </div>
    </DndContext>
  )
}

/** The weeks by name, and their lines behind the rows. */
function Weeks(props: {
  weeks: readonly Day[]
  measures: Measures
  now: number
  scroller: RefObject<HTMLDivElement | null>
  children: React.ReactNode
}) {
  const { weeks, measures, now, scroller, children } = props
  const { setNodeRef, isOver } = useDroppable({ id: 'weeks' })
  const { names } = measures
  const week = 7 * measures.day
  const at = daysBetween(weeks[0]!, today(now))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={scroller} tabIndex={0} className="min-h-0 flex-1 overflow-auto -outline-offset-2">
      <div ref={setNodeRef} style={{ width: names + weeks.length * week }} className="relative min-h-full">
        <div
          aria-hidden="true"
          style={{ left: names }}
          className={`pointer-events-none absolute inset-y-0 right-0 flex ${isOver ? 'bg-surface' : ''}`}
        >
          {weeks.map((monday) => (
            <span key={monday} style={{ width: week }} className="shrink-0 border-r" />
          ))}
          {at >= 0 && at < weeks.length * 7 && (
            <span style={{ left: (at + 0.5) * measures.day }} className="absolute inset-y-0 w-px bg-accent" />
          )}
        </div>
        <div
          aria-hidden="true"
          style={{ height: headHeight }}
          className="sticky top-0 z-20 flex items-center border-b bg-surface text-muted text-xs"
        >
          <span style={{ width: names }} className="sticky left-0 h-full shrink-0 border-r bg-surface" />
          {weeks.map((monday, i) => (
            <span key={monday} style={{ width: week }} className="shrink-0 truncate px-1.5 tabular-nums">
              {weekTitle(monday, i === 0)}
            </span>
          ))}
        </div>
        {children}
      </div>
    </div>
  )
}

/** Its Monday: with the month where that begins. */
function weekTitle(monday: Day, isFirst: boolean): string {
  const isNewMonth = isFirst || Number(monday.slice(8)) <= 7
  const date = fromDay(monday)
  return date.toLocaleDateString('en-GB', isNewMonth ? { day: 'numeric', month: 'short' } : { day: 'numeric' })
}
