import { Plus, Sparkles, TriangleAlert, Undo2 } from 'lucide-react'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useShortcut } from '../../../lib/shortcuts.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { focusViewIfLost } from './focus.ts'

/** What can be done to the document as a whole; and why nothing gets through, where that is so. */
export function DocumentActions(props: {
  editing: EditDocument
  opened: string | undefined
  isAssisted: boolean
  onAssistant: () => void
  onOpen: (chunkId: string) => void
  onAdd: () => void
}) {
  const { editing, opened, isAssisted, onAssistant, onOpen, onAdd } = props
  const { undoable, waiting } = editing
  function undo(): void {
    editing.undo()
    focusViewIfLost()
  }
  useShortcut('Mod+Z', undo, { inFields: false })
  useShortcut('Alt+A', onAssistant)
  return (
    <>
      <span role="status" className="min-w-0 truncate text-warn text-xs">
        {waiting && `Not saved yet: ${waiting}`}
      </span>
      <NotSaved stuck={[...editing.stuck.keys()]} opened={opened} onOpen={onOpen} />
      <IconButton label="Assistant" aria-pressed={isAssisted} onClick={onAssistant}>
        <Sparkles />
      </IconButton>
      <IconButton label={undoable ? `Undo ${undoable}` : 'Nothing to undo'} disabled={!undoable} onClick={undo}>
        <Undo2 />
      </IconButton>
      <IconButton label="Add a chunk" onClick={onAdd}>
        <Plus />
      </IconButton>
    </>
  )
}

/** How much waits for a decision, and the way there; again, to the next. */
function NotSaved({
  stuck,
  opened,
  onOpen,
}: {
  stuck: string[]
  opened: string | undefined
  onOpen: (id: string) => void
}) {
  const next = stuck[(stuck.indexOf(opened ?? '') + 1) % stuck.length]
  if (next === undefined) return null
  return (
    <Button size="sm" variant="ghost" className="shrink-0 text-warn" onClick={() => onOpen(next)}>
      <TriangleAlert aria-hidden="true" />
      <span aria-hidden="true" className="md:hidden">
        {stuck.length}
      </span>
      <span className="max-md:sr-only">{stuck.length} not saved</span>
    </Button>
  )
}
