import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Segmented } from '../../../../components/ui/segmented.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { humanName } from '../../model/field-chips.ts'
import type { CalendarProps } from './calendar-view.tsx'
import { type Span, spanTitle, turned } from './schedule.ts'

/** Which days are shown, and by which field. */
export function CalendarBar(props: CalendarProps & { isAsideOpen: boolean; onAside: (isOpen: boolean) => void }) {
  const { day, span, field, fields, schedule, late, isAsideOpen, onAside, onSearch } = props
  const isWide = useMedia('(min-width: 768px)')
  // On a phone there are no columns for the days of a week.
  const shown = isWide || span === 'timeline' ? span : 'month'
  const what = { month: 'month', week: 'week', timeline: 'four weeks' }[shown]
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-1 gap-y-1.5 border-t px-3 py-1.5 md:px-4">
      <IconButton label={`The ${what} before`} onClick={() => onSearch({ day: turned(day, shown, -1) })}>
        <ChevronLeft />
      </IconButton>
      <IconButton label={`The ${what} after`} onClick={() => onSearch({ day: turned(day, shown, 1) })}>
        <ChevronRight />
      </IconButton>
      <h2 aria-live="polite" className="px-1 font-display font-medium text-base tabular-nums">
        {spanTitle(day, shown)}
      </h2>
      <Button size="sm" variant="ghost" onClick={() => onSearch({ day: undefined })}>
        Today
      </Button>
      <span className="flex-1" />
      {fields.length > 1 && (
        <Select
          aria-label="Date"
          value={field}
          onChange={({ target }) => onSearch({ date: target.value })}
          className="max-w-40"
        >
          {fields.map((each) => (
            <option key={each} value={each}>
              {humanName(each)}
            </option>
          ))}
        </Select>
      )}
      {isWide && (
        <Button size="sm" variant="ghost" aria-expanded={isAsideOpen} onClick={() => onAside(!isAsideOpen)}>
          {late.size} overdue, {schedule.unscheduled.length} without a date
        </Button>
      )}
      <Segmented<Span>
        label="How much is shown"
        value={shown}
        options={[
          { value: 'month', label: 'Month' },
          ...(isWide ? [{ value: 'week', label: 'Week' } as const] : []),
          { value: 'timeline', label: 'Timeline' },
        ]}
        onChange={(next) => onSearch({ span: next === 'month' ? undefined : next })}
      />
    </div>
  )
}
