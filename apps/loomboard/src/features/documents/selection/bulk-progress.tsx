import { TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { plural } from '../../../lib/format.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { useUnsaved } from '../use-unsaved.ts'
import type { Bulk } from '../writing/bulk.ts'

const mostShown = 50

interface BulkProgressProps {
  documentId: string
  editing: EditDocument
  onOpen: (id: string) => void
}

/** How far the last change of several chunks has come; and of each that could not be changed, why. */
export function BulkProgress({ documentId, editing, onOpen }: BulkProgressProps) {
  const { bulk, chunks, problems } = editing
  const unsaved = useUnsaved(documentId)
  const [dismissed, setDismissed] = useState<Bulk['ids']>()
  if (!bulk || bulk.ids === dismissed) return null
  const failed = bulk.ids.filter((id) => problems.has(id))
  const isUnderWay = (id: string) => unsaved.has(id) || (bulk.move !== undefined && editing.moving.has(id))
  const saved = bulk.ids.filter((id) => !isUnderWay(id) && !problems.has(id)).length
  const left = bulk.ids.length - saved - failed.length
  if (left > 0) {
    if (bulk.ids.length < 20) return null
    return (
      <p role="status" className="rounded-lg bg-raised px-3 py-1.5 text-muted text-sm tabular-nums shadow-pop">
        {saved} of {bulk.ids.length} saved
      </p>
    )
  }
  if (failed.length === 0) return null
  return (
    <section
      aria-label="Not changed"
      className="pointer-events-auto flex max-h-64 w-full max-w-md animate-rise flex-col rounded-xl bg-raised p-2 shadow-pop"
    >
      <div className="flex items-center gap-2 pl-1">
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-warn" />
        <p role="alert" className="min-w-0 flex-1 text-sm">
          {plural(failed.length, 'chunk')} of {bulk.ids.length} could not be changed.
        </p>
        <Button size="sm" variant="ghost" onClick={() => editing.tryAgain(failed)}>
          Try again
        </Button>
        <Button size="sm" variant="ghost" onClick={() => editing.discard(failed)}>
          Discard
        </Button>
        <IconButton label="Close" size="sm" onClick={() => setDismissed(bulk.ids)}>
          <X />
        </IconButton>
      </div>
      <ul className="min-h-0 overflow-y-auto">
        {failed.slice(0, mostShown).map((id) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onOpen(id)}
              className="block w-full rounded-md px-1.5 py-1 text-left text-sm -outline-offset-2 hover:bg-hover"
            >
              <span className="block truncate">{chunks.get(id)?.title || 'Untitled'}</span>
              <span className="block text-danger text-xs">{problems.get(id)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
