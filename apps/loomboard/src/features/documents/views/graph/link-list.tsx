import type { wire } from '@loomcycle/client'
import { ArrowRight } from 'lucide-react'
import { useMemo } from 'react'
import { cn } from '../../../../lib/cn.ts'
import { LongList } from '../../components/long-list.tsx'
import { humanName } from '../../model/field-chips.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { inDocumentOrder } from '../../model/sort.ts'
import type { ViewProps } from '../view.ts'

interface Row {
  from: OutlineChunk
  edges: readonly wire.ChunkEdge[]
}

/** Every link in words: what it leads from, what it is, and what it leads to. */
export function LinkList(
  props: ViewProps & { chunks: ReadonlyMap<string, OutlineChunk>; edges: readonly wire.ChunkEdge[] },
) {
  const { chunks, edges, selected, onOpen } = props
  const rows = useMemo(() => {
    const inside = edges.filter(({ from_id, to_id }) => chunks.has(from_id) && chunks.has(to_id))
    const byFrom = Map.groupBy(inside, ({ from_id }) => from_id)
    return inDocumentOrder(chunks).flatMap((from): Row[] => {
      const own = byFrom.get(from.id)
      return own ? [{ from, edges: own }] : []
    })
  }, [chunks, edges])
  return (
    <LongList data={rows} className="px-3 pb-6 md:px-4">
      {({ from, edges }) => (
        <section key={from.id} aria-label={`Links of ${from.title}`} className="border-b py-2">
          <Name chunk={from} isOpen={from.id === selected} onOpen={onOpen} className="font-medium" />
          <ul>
            {edges.map(({ to_id, kind, auto }) => (
              <li key={`${to_id} ${kind}`} className="flex min-w-0 items-center gap-2 pl-3">
                <ArrowRight aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
                <span className="shrink-0 text-muted text-xs">{auto ? 'mentions' : humanName(kind)}</span>
                <Name chunk={chunks.get(to_id)} isOpen={to_id === selected} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </LongList>
  )
}

function Name(props: {
  chunk: OutlineChunk | undefined
  isOpen: boolean
  onOpen: (id: string) => void
  className?: string
}) {
  const { chunk, isOpen, onOpen } = props
  if (!chunk) return null
  return (
    <button
      type="button"
      onClick={() => onOpen(chunk.id)}
      className={cn(
        'min-h-7 min-w-0 truncate rounded-md px-1.5 text-left text-sm -outline-offset-2 hover:bg-hover coarse:min-h-11',
        isOpen && 'bg-hover',
        props.className,
      )}
    >
      {chunk.title || 'Untitled'}
    </button>
  )
}
