import type { Chat } from '@loomcycle/client'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'

const ChatMenuContent = lazy(() => import('./chat-menu-content.tsx').then((m) => ({ default: m.ChatMenuContent })))

/** Rename, pin, archive. The menu's code comes with its first use. */
export function ChatMenu({ chat, className }: { chat: Chat; className?: string }) {
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
      <ChatMenuContent chat={chat} className={className} />
    </Suspense>
  )
}
