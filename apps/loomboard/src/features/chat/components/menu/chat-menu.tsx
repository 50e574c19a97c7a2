import type { Chat } from '@loomcycle/client'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'

const ChatMenuContent = lazy(() => import('./chat-menu-content.tsx').then((m) => ({ default: m.ChatMenuContent })))

/** Summarising the older part of the conversation: how, or why not now. */
export interface CompactAction {
  unavailable?: string
  run: () => void
}

export interface ChatMenuProps {
  chat: Chat
  /** Only where the conversation is open. */
  compact?: CompactAction
  className?: string
}

/** Rename, tag, pin, archive, export, compact, delete. The menu's code comes with its first use. */
export function ChatMenu({ chat, compact, className }: ChatMenuProps) {
  const [used, setUsed] = useState(false)
  const button = (
    <IconButton
      label={`Actions for ${chat.title || 'Untitled'}`}
      data-tip="Actions"
      size="sm"
      aria-haspopup="menu"
      className={className}
      onClick={() => setUsed(true)}
    >
      <Ellipsis />
    </IconButton>
  )
  if (!used) return button
  return (
    <Suspense fallback={button}>
      <ChatMenuContent chat={chat} compact={compact} className={className} />
    </Suspense>
  )
}
