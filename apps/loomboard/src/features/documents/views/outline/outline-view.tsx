import { type KeyboardEvent, useEffect, useEffectEvent, useMemo } from 'react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { TreeView } from '../../../../components/tree/tree-view.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { useDerived } from '../../../../lib/use-derived.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { showAll } from '../../model/filter.ts'
import { ancestorsOf, type OutlineRow } from '../../model/outline.ts'
import { type OutlineLines, outlineLines } from '../../model/outline-lines.ts'
import type { Direction } from '../../writing/place.ts'
import type { ViewProps } from '../view.ts'
import { OutlineLine } from './outline-line.tsx'
import { useClosed } from './use-closed.ts'

const noFields: never[] = []
const steps: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }

/** The chunks of a document as a tree. */
export function OutlineView(props: ViewProps) {
  const { editing, found, selected, types, onSearch } = props
  const { document_id: documentId, root_chunk_id: rootId } = props.document
  const { chunks } = editing
  const [closed, setOpen] = useClosed(documentId)
  const now = useNow(60_000)
  const shown = useMemo(() => withSelected(found, selected), [found, selected])
  const { rows } = useDerived<OutlineLines>(
    (before) => outlineLines({ chunks, closed, found: shown }, before),
    [chunks, closed, shown],
  )

  const reveal = useEffectEvent((id: string) => {
    for (const ancestor of ancestorsOf(chunks, id)) setOpen(ancestor.id, true)
  })
  // What the address names is not hidden in something closed.
  useEffect(() => {
    if (selected) reveal(selected)
  }, [selected])

  function onKey(event: KeyboardEvent, row: OutlineRow): void {
    const direction = event.altKey ? steps[event.key] : undefined
    if (direction) {
      const to = editing.move(row.id, direction)
      // What it goes into is open, so that one sees where it went.
      if (direction === 'in' && to) setOpen(to.parentId, true)
    } else if (event.key === 'Delete' && row.id !== rootId) editing.remove(row.id)
    else if (event.key === 'Insert') props.onAdd(row.id === rootId ? 'inside' : 'below', row.id)
    else return
    event.preventDefault()
  }

  if (rows.length === 0) {
    return (
      <EmptyState title="No chunk fits" action={<Button onClick={() => onSearch(showAll)}>Show all</Button>}>
        Other words or another filter may find it.
      </EmptyState>
    )
  }
  return (
    <TreeView
      label="Outline"
      rows={rows}
      selected={selected}
      onSelect={(row) => props.onOpen(row.id)}
      onToggle={(row, open) => setOpen(row.id, open)}
      onKey={onKey}
      rowClassName="relative h-9 coarse:h-11"
      className="min-h-0 flex-1 px-1 pb-4 md:px-2"
    >
      {(row) => (
        <OutlineLine
          row={row}
          specs={types.get(row.chunk.type ?? '') ?? noFields}
          isDone={editing.isDone(row.chunk)}
          isStuck={editing.stuck.has(row.id)}
          marks={props.marks}
          excerpt={props.excerpts.get(row.id)}
          self={props.self}
          now={now}
        />
      )}
    </TreeView>
  )
}

/** What is open stays in the list while it is, also when it does not fit any more. */
function withSelected(found: ReadonlySet<string> | undefined, selected: string | undefined) {
  return found && selected && !found.has(selected) && found.size > 0 ? new Set([...found, selected]) : found
}
