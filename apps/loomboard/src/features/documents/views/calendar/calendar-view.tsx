import { useMemo, useState } from 'react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { isAside } from '../../model/cards.ts'
import type { Day } from '../../model/dates.ts'
import { dayOf } from '../../model/dates.ts'
import { inDocumentOrder } from '../../model/sort.ts'
import type { ViewProps } from '../view.ts'
import { Agenda } from './agenda.tsx'
import { CalendarBar } from './calendar-bar.tsx'
import { CalendarGrid } from './calendar-grid.tsx'
import type { Put } from './calendar-item.tsx'
import { dateFields, movedTo, type Schedule, type Span, today, toSchedule } from './schedule.ts'

export interface CalendarProps extends ViewProps {
  schedule: Schedule
  field: string
  /** The day one looks at, and how much around it. */
  day: Day
  span: Span
  now: number
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
  const schedule = useMemo(() => {
    const all = inDocumentOrder(chunks).filter(
      (chunk) => !isAside(chunk, document.root_chunk_id) && (!found || found.has(chunk.id)),
    )
    return toSchedule(all, field ?? '', types)
  }, [chunks, document.root_chunk_id, found, field, types])
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
  const span: Span = search.span === 'week' ? 'week' : 'month'
  const put: Put = (chunk, to) => {
    const value = to === undefined ? null : movedTo(chunk.fields?.[field], to)
    if (value !== (chunk.fields?.[field] ?? null)) editing.edit(chunk.id, { [`fields.${field}`]: value })
  }
  const calendar: CalendarProps = { ...props, schedule, field, day, span, now, onPut: put }
  return (
    <>
      <CalendarBar {...calendar} fields={fields} isAsideOpen={isAsideOpen} onAside={setAside} />
      {isWide ? <CalendarGrid {...calendar} isAsideOpen={isAsideOpen} /> : <Agenda {...calendar} />}
    </>
  )
}
