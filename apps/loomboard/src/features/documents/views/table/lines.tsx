import { useRef } from 'react'
import { Virtualizer } from 'virtua'
import { cn } from '../../../../lib/cn.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { Chip } from '../../components/field-chips.tsx'
import { Status } from '../../components/status.tsx'
import { fieldChips, isDone } from '../../model/field-chips.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { toggled } from '../../selection/selection.ts'
import { useSelection } from '../../selection/use-selection.ts'
import type { ViewProps } from '../view.ts'
import { useRows } from './use-rows.ts'

const mostChips = 4
const noFields: never[] = []

/** The rows of a table where there is no room for columns: what each says, one below the other. */
export function Lines(props: ViewProps) {
  const { editing, document, types, search, selected, onOpen } = props
  const rows = useRows(props, false)
  const { selection, select } = useSelection(document.document_id, editing.chunks)
  const now = useNow(60_000)
  const scroller = useRef<HTMLDivElement>(null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={scroller} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto border-t -outline-offset-2">
      <Virtualizer scrollRef={scroller} data={rows as OutlineChunk[]} itemSize={60}>
        {(chunk) => {
          const specs = types.get(chunk.type ?? '') ?? noFields
          const chips = fieldChips(chunk.fields, specs, { now, done: isDone(chunk.status) }).filter(
            ({ name }) => !search.show || search.show.includes(name),
          )
          return (
            <div
              key={chunk.id}
              className={cn(
                'flex items-start border-b',
                (selection.ids.has(chunk.id) && 'bg-accent-soft') || (chunk.id === selected && 'bg-hover'),
              )}
            >
              <label className="flex size-11 shrink-0 items-center justify-center">
                <input
                  type="checkbox"
                  aria-label={`Select ${chunk.title || 'Untitled'}`}
                  checked={selection.ids.has(chunk.id)}
                  onChange={() => select((now) => toggled(now, chunk.id))}
                  className="size-4 accent-(--accent)"
                />
              </label>
              <button
                type="button"
                onClick={() => onOpen(chunk.id)}
                className="flex min-h-11 min-w-0 flex-1 flex-col justify-center gap-1 py-2 pr-3 text-left -outline-offset-2"
              >
                <span className="line-clamp-2 text-sm">{chunk.title || 'Untitled'}</span>
                <span className="flex w-full flex-wrap items-center gap-x-1.5 gap-y-1 empty:hidden">
                  {chunk.status && <Status status={chunk.status} />}
                  {chips.slice(0, mostChips).map((chip) => (
                    <Chip key={chip.name} chip={chip} />
                  ))}
                </span>
              </button>
            </div>
          )
        }}
      </Virtualizer>
    </div>
  )
}
