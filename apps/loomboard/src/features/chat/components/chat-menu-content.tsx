import { useNavigate } from '@tanstack/react-router'
import {
  Archive,
  ArchiveRestore,
  Copy,
  Download,
  Ellipsis,
  FoldVertical,
  Pencil,
  Pin,
  PinOff,
  Printer,
} from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { toast } from '../../../lib/toast.ts'
import { type ChatChange, useChangeChat } from '../queries.ts'
import type { ChatMenuProps } from './chat-menu.tsx'
import { exportChat } from './use-commands.ts'

export function ChatMenuContent({ chat, compact, className }: ChatMenuProps) {
  const [open, setOpen] = useState(true)
  const [renaming, setRenaming] = useState(false)
  const navigate = useNavigate()
  const { mutateAsync } = useChangeChat()
  const { session_id } = chat
  // The row, and this menu with it, may be gone when the answer comes.
  const change = (next: ChatChange, done?: () => void) =>
    mutateAsync(next).then(done, (error) => toast.error('That could not be saved', error))
  const archive = (archived: boolean) =>
    void change({ op: 'archive', session_id, archived }, () => {
      if (archived) toast.withUndo('Chat archived', () => archive(false))
    })

  return (
    <>
      <Menu open={open} onOpenChange={setOpen}>
        <MenuTrigger asChild>
          <IconButton
            label={`Actions for ${chat.title || 'Untitled'}`}
            data-tip="Actions"
            size="sm"
            className={className}
          >
            <Ellipsis />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem onSelect={() => setRenaming(true)}>
            <Pencil /> Rename
          </MenuItem>
          <MenuItem onSelect={() => void change({ op: 'pin', session_id, pinned: !chat.pinned })}>
            {chat.pinned ? <PinOff /> : <Pin />} {chat.pinned ? 'Unpin' : 'Pin'}
          </MenuItem>
          <MenuItem onSelect={() => archive(!chat.archived)}>
            {chat.archived ? <ArchiveRestore /> : <Archive />} {chat.archived ? 'Bring back' : 'Archive'}
          </MenuItem>
          <MenuItem onSelect={() => exportChat(session_id, 'copy')}>
            <Copy /> Copy as Markdown
          </MenuItem>
          <MenuItem onSelect={() => exportChat(session_id, 'markdown')}>
            <Download /> Save as Markdown
          </MenuItem>
          <MenuItem onSelect={() => exportChat(session_id, 'json')}>
            <Download /> Save as JSON
          </MenuItem>
          <MenuItem onSelect={() => void navigate({ to: '/print/$sessionId', params: { sessionId: session_id } })}>
            <Printer /> Print
          </MenuItem>
          {compact && (
            <MenuItem disabled={compact.unavailable !== undefined} onSelect={compact.run} className="items-start">
              <FoldVertical className="mt-0.5" />
              <span>
                Compact
                <span className="block max-w-52 text-faint text-xs">
                  {compact.unavailable ?? 'Summarises the older part to make room.'}
                </span>
              </span>
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {renaming && (
        <RenameDialog
          title={chat.title ?? ''}
          onClose={() => setRenaming(false)}
          onRename={(title) => void change({ op: 'rename', session_id, title })}
        />
      )}
    </>
  )
}

function RenameDialog(props: { title: string; onClose: () => void; onRename: (title: string) => void }) {
  function rename(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const title = String(new FormData(event.currentTarget).get('title')).trim()
    if (title && title !== props.title) props.onRename(title)
    props.onClose()
  }
  return (
    <Dialog open onOpenChange={props.onClose} title="Rename chat">
      <form onSubmit={rename} className="flex flex-col gap-4 p-4">
        <Input name="title" aria-label="Title" defaultValue={props.title} maxLength={200} required autoFocus />
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
