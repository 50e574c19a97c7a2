import { useRef } from 'react'
import { Virtualizer } from 'virtua'
import { cn } from '../../../../lib/cn.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { fieldChips, isDone } from '../../model/field-chips.ts'
import { ancestorsOf } from '../../model/outline.ts'
import type { ViewProps } from '../../views/view.ts'
import { Chip } from '../field-chips.tsx'
import { Status } from '../status.tsx'

const noFields: never[] = []

/** The chunks that answer a question, as they are by now. */
export function QueryCards(
  props: Pick<ViewProps, 'editing' | 'types' | 'selected' | 'onOpen'> & { ids: readonly string[] },
) {
  const { editing, types, selected, onOpen } = props
  const { chunks } = editing
  const now = useNow(60_000)
  const scroller = useRef<HTMLDivElement>(null)
  const cards = [...new Set(props.ids)].flatMap((id) => chunks.get(id) ?? [])
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto border-t px-3 pb-6 -outline-offset-2 md:px-4"
    >
      <Virtualizer scrollRef={scroller} data={cards}>
        {(chunk) => (
          <div key={chunk.id} className="pt-2">
            <button
              type="button"
              onClick={() => onOpen(chunk.id)}
              className={cn(
                'flex w-full max-w-2xl flex-col gap-1 rounded-lg border bg-raised px-3 py-2 text-left shadow-card hover:bg-hover',
                chunk.id === selected && 'border-accent',
              )}
            >
              <span className="text-faint text-xs">
                {ancestorsOf(chunks, chunk.id)
                  .slice(1)
                  .map(({ title }) => title)
                  .join(' › ')}
              </span>
              <span className="text-sm">{chunk.title || 'Untitled'}</span>
              <span className="flex flex-wrap items-center gap-1.5 empty:hidden">
                {chunk.status && <Status status={chunk.status} />}
                {fieldChips(chunk.fields, types.get(chunk.type ?? '') ?? noFields, {
                  now,
                  done: isDone(chunk.status),
                }).map((chip) => (
                  <Chip key={chip.name} chip={chip} />
                ))}
              </span>
            </button>
          </div>
        )}
      </Virtualizer>
    </div>
  )
}
