import { memo } from 'react'
import { type Store, useSelected } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import { formatRelative } from '../../../../lib/format.ts'
import { ChunkMarks } from '../../components/chunk-marks.tsx'
import { Chip } from '../../components/field-chips.tsx'
import { Status } from '../../components/status.tsx'
import { actorName, type Marks } from '../../model/changes.ts'
import { type FieldSpec, fieldChips } from '../../model/field-chips.ts'
import type { OutlineRow } from '../../model/outline.ts'
import { RunBadge } from '../../runs/run-badge.tsx'

export interface OutlineLineProps {
  row: OutlineRow
  specs: readonly FieldSpec[]
  isDone: boolean
  /** Something of it is not saved before somebody decides about it. */
  isStuck: boolean
  marks: Store<Marks>
  /** Where the words that were searched for stand in its text. */
  excerpt: string | undefined
  self: string | undefined
  now: number
}

const freshFor = 2000
/** A line has no room for more. */
const mostChips = 12

/** A chunk in one line: what there is room for. */
export const OutlineLine = memo(function OutlineLine(props: OutlineLineProps) {
  const { specs, isDone, isStuck, marks, excerpt, self, now } = props
  const { chunk, context } = props.row
  const mark = useSelected(marks, (all) => all.get(chunk.id))
  const chips = fieldChips(chunk.fields, specs, { now, done: isDone })
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2 md:gap-3">
      {mark?.arrived !== undefined && Date.now() - mark.arrived < freshFor && (
        <span key={mark.arrived} className="pointer-events-none absolute inset-0 animate-marked rounded-md" />
      )}
      <span className="flex min-w-0 max-w-[70%] shrink items-center gap-1.5 md:shrink-0">
        <span className={cn('truncate text-sm', context || isDone ? 'text-muted' : 'text-text')}>
          {chunk.title || 'Untitled'}
        </span>
        <ChunkMarks
          isStuck={isStuck}
          changedBy={mark && actorName(mark.actor, self)}
          when={mark && formatRelative(mark.at, now)}
        />
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
      {chunk.status && <Status status={chunk.status} isDone={isDone} />}
      <span className="hidden w-8 shrink-0 text-right text-2xs text-faint tabular-nums md:inline">
        r{chunk.revision}
      </span>
    </div>
  )
})
