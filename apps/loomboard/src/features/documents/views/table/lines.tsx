import { cn } from '../../../../lib/cn.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { ChunkFacts } from '../../components/chunk-facts.tsx'
import { LongList } from '../../components/long-list.tsx'
import { toggled } from '../../selection/selection.ts'
import { useSelection } from '../../selection/use-selection.ts'
import type { ViewProps } from '../view.ts'
import { useRows } from './use-rows.ts'

const mostChips = 4

/** The rows of a table where there is no room for columns: what each says, one below the other. */
export function Lines(props: ViewProps) {
  const { editing, document, types, search, selected, onOpen } = props
  const rows = useRows(props, false)
  const { selection, select } = useSelection(document.document_id, editing.chunks)
  const now = useNow(60_000)
  return (
    <LongList data={rows} itemSize={60}>
      {(chunk) => (
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
            <ChunkFacts
              chunk={chunk}
              types={types}
              isDone={editing.isDone(chunk)}
              now={now}
              show={search.show}
              most={mostChips}
            />
          </button>
        </div>
      )}
    </LongList>
  )
}
