import { TriangleAlert } from 'lucide-react'
import { cn } from '../../../../lib/cn.ts'
import { formatRelative } from '../../../../lib/format.ts'
import { Chip } from '../../components/field-chips.tsx'
import { Status } from '../../components/status.tsx'
import { actorName, type Mark } from '../../model/changes.ts'
import { type FieldSpec, fieldChips, isDone } from '../../model/field-chips.ts'
import type { OutlineRow } from '../../model/outline.ts'
import { RunBadge } from '../../runs/run-badge.tsx'

export interface OutlineLineProps {
  row: OutlineRow
  specs: readonly FieldSpec[]
  /** Something of it is not saved before somebody decides about it. */
  isStuck: boolean
  mark: Mark | undefined
  /** Where the words that were searched for stand in its text. */
  excerpt: string | undefined
  self: string | undefined
  now: number
}

const freshFor = 2000
/** A line has no room for more. */
const mostChips = 12

/** A chunk in one line: what there is room for. */
export function OutlineLine({ row: { chunk, context }, specs, isStuck, mark, excerpt, self, now }: OutlineLineProps) {
  const done = isDone(chunk.status)
  const chips = fieldChips(chunk.fields, specs, { now, done })
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2 md:gap-3">
      {mark?.arrived !== undefined && Date.now() - mark.arrived < freshFor && (
        <span key={mark.arrived} className="pointer-events-none absolute inset-0 animate-marked rounded-md" />
      )}
      <span className="flex min-w-0 max-w-[70%] shrink items-center gap-1.5 md:shrink-0">
        <span className={cn('truncate text-sm', context || done ? 'text-muted' : 'text-text')}>
          {chunk.title || 'Untitled'}
        </span>
        {isStuck && (
          <span title="Not saved" className="shrink-0 text-warn">
            <TriangleAlert aria-hidden="true" className="size-3.5" />
            <span className="sr-only">not saved</span>
          </span>
        )}
        {mark && (
          <span
            title={`${actorName(mark.actor, self)}, ${formatRelative(mark.at, now)}`}
            className="size-1.5 shrink-0 rounded-full bg-accent"
          >
            <span className="sr-only">changed by {actorName(mark.actor, self)}</span>
          </span>
        )}
      </span>
      <RunBadge cardId={chunk.id} className="shrink-0" />
      {excerpt ? (
        <span className="min-w-0 flex-1 truncate text-muted text-xs">{excerpt}</span>
      ) : (
        // What does not fit wraps out of sight, whole.
        <span className="flex h-5 min-w-0 flex-1 flex-wrap items-center justify-end gap-x-1.5 overflow-hidden">
          {chips.slice(0, mostChips).map((chip) => (
            <Chip key={chip.name} chip={chip} />
          ))}
          {chunk.tags?.slice(0, mostChips).map((tag) => (
            <span key={tag} title={`#${tag}`} className="max-w-44 shrink-0 truncate text-faint text-xs">
              #{tag}
            </span>
          ))}
        </span>
      )}
      {chunk.status && <Status status={chunk.status} />}
      <span className="hidden w-8 shrink-0 text-right text-2xs text-faint tabular-nums md:inline">
        r{chunk.revision}
      </span>
    </div>
  )
}
