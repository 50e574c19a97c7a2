import { useMemo, useState } from 'react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { isAside } from '../../model/cards.ts'
import type { Day } from '../../model/dates.ts'
import { dayOf } from '../../model/dates.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { inDocumentOrder } from '../../model/sort.ts'
import type { ViewProps } from '../view.ts'
import { Agenda } from './agenda.tsx'
import { CalendarBar } from './calendar-bar.tsx'
import { CalendarGrid } from './calendar-grid.tsx'
import type { Put } from './calendar-item.tsx'
import { dateFields, movedTo, overdueOf, type Schedule, type Span, today, toSchedule } from './schedule.ts'
import { Timeline } from './timeline.tsx'

export interface CalendarProps extends ViewProps {
  /** Every chunk that fits, in the order of the document. */
  all: readonly OutlineChunk[]
  schedule: Schedule
  /** The fields that hold a day. */
  fields: readonly string[]
  field: string
  /** The day one looks at, and how much around it. */
  day: Day
  span: Span
  now: number
  /** What is not done and whose day is over, the longest first. */
  late: ReadonlySet<OutlineChunk>
  onPut: Put
}

/** The chunks of a document on the days that one of their fields names. */
export function CalendarView(props: ViewProps) {
  const { editing, document, types, search, found } = props
  const { chunks } = editing
  const isWide = useMedia('(min-width: 768px)')
  const hasRoom = useMedia('(min-width: 1536px)')
  const [aside, setAside] = useState<boolean>()
  const isAsideOpen = aside ?? hasRoom
  const now = useNow(60_000)
  const fields = useMemo(() => dateFields(chunks.values(), types), [chunks, types])
  const field = search.date && fields.includes(search.date) ? search.date : fields[0]
  const all = useMemo(
    () =>
      inDocumentOrder(chunks).filter(
        (chunk) => !isAside(chunk, document.root_chunk_id) && (!found || found.has(chunk.id)),
      ),
    [chunks, document.root_chunk_id, found],
  )
  const schedule = useMemo(() => toSchedule(all, field ?? '', types), [all, field, types])
  const late = useMemo(
    () => overdueOf(schedule, field ?? '', now, editing.isDone),
    [schedule, field, now, editing.isDone],
  )
  if (field === undefined) {
    return (
      <EmptyState
        title="Nothing has a date yet"
        action={<Button onClick={() => props.onSearch({ view: 'table' })}>See the table</Button>}
      >
        A calendar shows the chunks whose type has a field of kind date.
      </EmptyState>
    )
  }
  const day = dayOf(search.day) ?? today(now)
  const span: Span = search.span === 'week' || search.span === 'timeline' ? search.span : 'month'
  const put: Put = (chunk, to) => {
    const value = to === undefined ? null : movedTo(chunk.fields?.[field], to)
    if (value !== (chunk.fields?.[field] ?? null)) editing.edit(chunk.id, { [`fields.${field}`]: value })
  }
  const calendar: CalendarProps = { ...props, all, schedule, fields, field, day, span, now, late, onPut: put }
  return (
    <>
      <CalendarBar {...calendar} isAsideOpen={isAsideOpen} onAside={setAside} />
      {span === 'timeline' ? (
        <Timeline {...calendar} isAsideOpen={isAsideOpen && isWide} />
      ) : isWide ? (
        <CalendarGrid {...calendar} span={span} isAsideOpen={isAsideOpen} />
      ) : (
        <Agenda {...calendar} />
      )}
    </>
  )
}
