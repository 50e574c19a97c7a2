import { useDeferredValue, useState } from 'react'
import { ChatListHeader } from './chat-list-header.tsx'
import { ChatRows } from './chat-rows.tsx'

/** The conversations of this person, on every device; found by title, and put away where they do not disturb. */
export function ChatList() {
  const [typed, setTyped] = useState('')
  const [archived, setArchived] = useState(false)
  const search = useDeferredValue(typed.trim())
  return (
    <nav aria-label="Chats" className="flex min-h-0 flex-1 flex-col">
      <ChatListHeader search={typed} onSearch={setTyped} archived={archived} onArchived={setArchived} />
      <ChatRows search={search} archived={archived} />
    </nav>
  )
}
