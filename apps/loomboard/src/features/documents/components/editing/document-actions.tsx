import { Plus, Undo2 } from 'lucide-react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useShortcut } from '../../../../lib/shortcuts.ts'
import type { EditDocument } from '../../use-edit-document.ts'

/** What can be done to the document as a whole; and why nothing gets through, where that is so. */
export function DocumentActions({ editing, onAdd }: { editing: EditDocument; onAdd: () => void }) {
  const { undoable, waiting } = editing
  useShortcut('Mod+Z', () => editing.undo(), { inFields: false })
  return (
    <>
      <span role="status" className="min-w-0 truncate text-warn text-xs">
        {waiting && `Not saved yet: ${waiting}`}
      </span>
      <IconButton
        label={undoable ? `Undo ${undoable}` : 'Nothing to undo'}
        disabled={!undoable}
        onClick={() => editing.undo()}
      >
        <Undo2 />
      </IconButton>
      <IconButton label="Add a chunk" onClick={onAdd}>
        <Plus />
      </IconButton>
    </>
  )
}
