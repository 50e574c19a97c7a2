import { useFirst } from '../../../../components/first-of.tsx'
import { cn } from '../../../../lib/cn.ts'
import { Status } from '../../components/status.tsx'
import { type Day, dayOf } from '../../model/dates.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { dayInWords } from './calendar-grid.tsx'
import { PutMenu } from './calendar-item.tsx'
import type { CalendarProps } from './calendar-view.tsx'
import { today } from './schedule.ts'

const most = 50

/** A month as a list of its days, where there is no room for columns: what is late first, what has no date last. */
export function Agenda(props: CalendarProps) {
  const { schedule, day, field, now, late } = props
  const month = day.slice(0, 7)
  const days = [...schedule.byDay].filter(([each]) => each.startsWith(month)).sort(([a], [b]) => (a < b ? -1 : 1))
  const lateBefore = [...late].filter(({ fields }) => !dayOf(fields?.[field])?.startsWith(month))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto border-t px-3 pb-6 -outline-offset-2">
      {lateBefore.length > 0 && <Section {...props} title="Overdue, of other months" chunks={lateBefore} />}
      {days.map(([each, chunks]) => (
        <Section key={each} {...props} title={titleOf(each, now)} chunks={chunks} isToday={each === today(now)} />
      ))}
      {days.length === 0 && <p className="py-8 text-center text-muted text-sm">Nothing in this month.</p>}
      {schedule.unscheduled.length > 0 && <Section {...props} title="No date" chunks={schedule.unscheduled} />}
      {schedule.unreadable.length > 0 && <Section {...props} title="Not a date" chunks={schedule.unreadable} />}
    </div>
  )
}

function titleOf(day: Day, now: number): string {
  return day === today(now) ? `Today, ${dayInWords(day)}` : dayInWords(day)
}

function Section(props: CalendarProps & { title: string; chunks: readonly OutlineChunk[]; isToday?: boolean }) {
  const { title, chunks, isToday = false, field, late, editing, selected, onOpen, onPut } = props
  const { first, more } = useFirst(chunks, most, title)
  return (
    <section aria-label={title} className="flex flex-col">
      <h3
        className={cn(
          'sticky top-0 z-10 bg-bg pt-4 pb-1 font-medium text-xs',
          isToday ? 'text-accent-text' : 'text-muted',
        )}
      >
        {title}
      </h3>
      <ul className="flex flex-col">
        {first.map((chunk) => {
          const isLate = late.has(chunk)
          const isDone = editing.isDone(chunk)
          return (
            <li key={chunk.id} className={cn('flex items-center gap-2 border-b', chunk.id === selected && 'bg-hover')}>
              <button
                type="button"
                onClick={() => onOpen(chunk.id)}
                className="flex min-h-11 min-w-0 flex-1 items-center gap-2 text-left text-sm -outline-offset-2"
              >
                <span
                  className={cn(
                    'min-w-0 flex-1 truncate',
                    isDone ? 'text-muted line-through' : isLate ? 'text-danger' : 'text-text',
                  )}
                >
                  {chunk.title || 'Untitled'}
                  {isLate && <span className="sr-only">, overdue</span>}
                </span>
                {chunk.status && <Status status={chunk.status} isDone={isDone} />}
              </button>
              <PutMenu chunk={chunk} day={dayOf(chunk.fields?.[field])} onPut={onPut} />
            </li>
          )
        })}
      </ul>
      {more}
    </section>
  )
}
