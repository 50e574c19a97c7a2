import { cn } from '../../../../lib/cn.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { ancestorsOf } from '../../model/outline.ts'
import type { ViewProps } from '../../views/view.ts'
import { ChunkFacts } from '../chunk-facts.tsx'
import { LongList } from '../long-list.tsx'

/** The chunks that answer a question, as they are by now. */
export function QueryCards(
  props: Pick<ViewProps, 'editing' | 'types' | 'selected' | 'onOpen'> & { ids: readonly string[] },
) {
  const { editing, types, selected, onOpen } = props
  const { chunks } = editing
  const now = useNow(60_000)
  const cards = [...new Set(props.ids)].flatMap((id) => chunks.get(id) ?? [])
  return (
    <LongList data={cards} className="px-3 pb-6 md:px-4">
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
            <ChunkFacts chunk={chunk} types={types} isDone={editing.isDone(chunk)} now={now} />
          </button>
        </div>
      )}
    </LongList>
  )
}
