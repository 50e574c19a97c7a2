import { useDroppable } from '@dnd-kit/core'
import { useFirst } from '../../../../components/first-of.tsx'
import { cn } from '../../../../lib/cn.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { CalendarItems } from './calendar-items.tsx'
import type { CalendarProps } from './calendar-view.tsx'

const most = 50

/** What is late, and what has no day yet; both are taken from here to one. */
export function Unscheduled(props: CalendarProps) {
  const { schedule, late } = props
  const { setNodeRef, isOver } = useDroppable({ id: 'none' })
  return (
    <aside
      ref={setNodeRef}
      aria-label="Overdue and unscheduled"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn(
        'flex w-56 shrink-0 flex-col gap-4 overflow-y-auto border-l p-3 -outline-offset-2',
        isOver ? 'bg-accent-soft' : 'bg-surface',
      )}
    >
      {late.size > 0 && <Group {...props} title="Overdue" chunks={[...late]} />}
      <Group {...props} title="No date" chunks={schedule.unscheduled} />
      {schedule.unreadable.length > 0 && <Group {...props} title="Not a date" chunks={schedule.unreadable} />}
    </aside>
  )
}

function Group(props: CalendarProps & { title: string; chunks: readonly OutlineChunk[] }) {
  const { title, chunks } = props
  const { first, more } = useFirst(chunks, most, title)
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h3 className="flex items-baseline justify-between font-medium text-muted text-xs">
        {title}
        <span className="text-faint tabular-nums">{chunks.length}</span>
      </h3>
      {chunks.length === 0 ? (
        <p className="text-faint text-xs">What is put here has no date any more.</p>
      ) : (
        <CalendarItems {...props} chunks={first} />
      )}
      {more}
    </section>
  )
}
