import { CalendarDays, Check, Link2, User } from 'lucide-react'
import { cn } from '../../../lib/cn.ts'
import type { FieldChip } from '../model/field-chips.ts'

const colours = ['function', 'string', 'constant', 'keyword', 'parameter', 'comment']

/** A field in a line of the outline: what it says, and by its sign what it is. */
export function Chip({ chip }: { chip: FieldChip }) {
  return (
    <span
      title={`${chip.name}: ${chip.text}`}
      className={cn(
        'inline-flex h-5 max-w-44 shrink-0 items-center gap-1 rounded-md px-1 text-xs [&_svg]:size-3 [&_svg]:shrink-0',
        chip.overdue ? 'bg-danger-soft text-danger' : 'text-muted [&_svg]:text-faint',
      )}
    >
      <Sign chip={chip} />
      <span className="truncate">{chip.text}</span>
      {chip.overdue && <span className="sr-only">, overdue</span>}
    </span>
  )
}

function Sign({ chip: { kind, hue } }: { chip: FieldChip }) {
  switch (kind) {
    case 'date':
      return <CalendarDays aria-hidden="true" />
    case 'person':
      return <User aria-hidden="true" />
    case 'url':
      return <Link2 aria-hidden="true" />
    case 'checkbox':
      return <Check aria-hidden="true" />
    case 'select':
      return <Dot hue={hue ?? 0} />
    default:
      return null
  }
}

function Dot({ hue }: { hue: number }) {
  return (
    <span
      aria-hidden="true"
      className="size-2 shrink-0 rounded-full"
      style={{ background: `var(--code-token-${colours[hue % colours.length]})` }}
    />
  )
}
