import { useNavigate, useParams } from '@tanstack/react-router'
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
  Tags,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { toast } from '../../../../lib/toast.ts'
import { forgetConversation } from '../../conversations.ts'
import { type ChatChange, useChangeChat } from '../../queries.ts'
import type { ChatMenuProps } from './chat-menu.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { TagsDialog } from './tags-dialog.tsx'
import { exportChat } from './use-commands.ts'

export function ChatMenuContent({ chat, compact, className }: ChatMenuProps) {
  const [open, setOpen] = useState(true)
  const [dialog, setDialog] = useState<'rename' | 'tags'>()
  const closeDialog = () => setDialog(undefined)
  const navigate = useNavigate()
  const { sessionId: opened } = useParams({ strict: false })
  const { mutateAsync } = useChangeChat()
  const { session_id } = chat
  // The row, and this menu with it, may be gone when the answer comes.
  const change = (next: ChatChange, done?: () => void) =>
    mutateAsync(next).then(done, (error) => toast.error('That could not be saved', error))
  const archive = (archived: boolean) =>
    void change({ op: 'archive', session_id, archived }, () => {
      if (archived) toast.withUndo('Chat archived', () => archive(false))
    })
  async function remove(): Promise<void> {
    const wasOpen = opened === session_id
    if (wasOpen) await navigate({ to: '/chat' })
    await change({ op: 'delete', session_id }, () => {
      forgetConversation(session_id)
      toast.withUndo('Chat deleted', () => bringBack(wasOpen))
    })
  }
  function bringBack(andOpen: boolean): void {
    void change({ op: 'restore', session_id }, () => {
      if (andOpen) void navigate({ to: '/chat/$sessionId', params: { sessionId: session_id } })
    })
  }

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
          <MenuItem onSelect={() => setDialog('rename')}>
            <Pencil /> Rename
          </MenuItem>
          <MenuItem onSelect={() => setDialog('tags')}>
            <Tags /> Tags…
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
          <MenuItem danger onSelect={() => void remove()}>
            <Trash2 /> Delete
          </MenuItem>
        </MenuContent>
      </Menu>
      {dialog === 'rename' && (
        <RenameDialog
          chat={chat}
          onClose={closeDialog}
          onRename={(title) => void change({ op: 'rename', session_id, title })}
        />
      )}
      {dialog === 'tags' && (
        <TagsDialog
          chat={chat}
          onClose={closeDialog}
          onTag={(tag, on) => change({ op: on ? 'tag' : 'untag', session_id, tag })}
        />
      )}
    </>
  )
}
