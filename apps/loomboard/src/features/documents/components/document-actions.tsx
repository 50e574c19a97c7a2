import type { wire } from '@loomcycle/client'
import { useNavigate } from '@tanstack/react-router'
import { MessageSquareText, Plus, TriangleAlert, Undo2 } from 'lucide-react'
import { reference } from '../../../components/documents/address.ts'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { tabDrafts } from '../../../lib/browser/tab-drafts.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { focusViewIfLost } from './focus.ts'

/** Where a chat that has not begun keeps what is typed. */
const newChat = 'loomboard.draft.new'

/** What can be done to the document as a whole; and why nothing gets through, where that is so. */
export function DocumentActions(props: {
  editing: EditDocument
  document: wire.GetDocumentOutput
  opened: string | undefined
  onOpen: (chunkId: string) => void
  onAdd: () => void
}) {
  const { editing, document, opened, onOpen, onAdd } = props
  const navigate = useNavigate()
  /** A new chat begins with what is looked at; what was typed there already stays. */
  function talk(): void {
    const { document_id: id, title, paths } = document
    const about = reference({ id, title, path: paths[0] }, opened ? editing.chunks.get(opened) : undefined)
    const typed = tabDrafts.read(newChat).trim()
    tabDrafts.write(newChat, `${[typed, about].filter(Boolean).join('\n\n')} `)
    void navigate({ to: '/chat' })
  }
  const { undoable, waiting } = editing
  function undo(): void {
    editing.undo()
    focusViewIfLost()
  }
  useShortcut('Mod+Z', undo, { inFields: false })
  return (
    <>
      <span role="status" className="min-w-0 truncate text-warn text-xs">
        {waiting && `Not saved yet: ${waiting}`}
      </span>
      <NotSaved stuck={[...editing.stuck]} opened={opened} onOpen={onOpen} />
      <IconButton label={`Talk about this ${opened ? 'chunk' : 'document'} in a chat`} onClick={talk}>
        <MessageSquareText />
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
