import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, EllipsisVertical, ListPlus, ListTree, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { TalkItems } from '../talk/talk-items.tsx'
import { wantsComment } from '../talk/wants-comment.ts'
import type { EditDocument } from '../use-edit-document.ts'
import type { Where } from '../views/view.ts'
import type { Direction } from '../writing/place.ts'

const steps = [
  ['up', 'Move up', ArrowUp],
  ['down', 'Move down', ArrowDown],
  ['in', 'Move into the one above', ArrowRight],
  ['out', 'Move out of the one it is in', ArrowLeft],
] as const satisfies readonly (readonly [Direction, string, typeof ArrowUp])[]

/** What can be done to a chunk as a whole. */
export function ChunkMenu(props: {
  chunkId: string
  isRoot: boolean
  document: EditDocument
  onAdd: (where: Where) => void
}) {
  const { chunkId, isRoot, document, onAdd } = props
  // Drawn again when it opens: the page that the menu lies in may have come after its button.
  const [open, setOpen] = useState(false)
  return (
    <Menu open={open} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <IconButton label="More for this chunk" size="sm">
          <EllipsisVertical />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <TalkItems cardId={chunkId} onComment={() => wantsComment.set(chunkId)} />
        {!isRoot && (
          <MenuItem onSelect={() => onAdd('below')}>
            <ListPlus aria-hidden="true" />
            Add a chunk below
          </MenuItem>
        )}
        <MenuItem onSelect={() => onAdd('inside')}>
          <ListTree aria-hidden="true" />
          Add a chunk inside
        </MenuItem>
        {!isRoot && <Steps chunkId={chunkId} document={document} />}
        {!isRoot && (
          <MenuItem danger onSelect={() => document.remove(chunkId)}>
            <Trash2 aria-hidden="true" />
            Delete
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  )
}

/** Where it can be moved takes the whole document to know: it is looked up while the menu is open. */
function Steps({ chunkId, document }: { chunkId: string; document: EditDocument }) {
  return steps.map(([direction, label, Icon]) => (
    <MenuItem
      key={direction}
      disabled={!document.placeTo(chunkId, direction)}
      onSelect={() => document.move(chunkId, direction)}
    >
      <Icon aria-hidden="true" />
      {label}
    </MenuItem>
  ))
}
