import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { MessageSquareText } from 'lucide-react'
import { useDeferredValue } from 'react'
import { allChats, foundChatsQuery } from '../../lib/queries.ts'
import type { PaletteGroupProps } from './palette-documents.tsx'

const few = 8

/** Chats by what was said in them; those that are called so are among the chats already. */
export function PaletteSaid({ typed, itemStyle, groupStyle, run }: PaletteGroupProps) {
  const words = useDeferredValue(typed.trim())
  const navigate = useNavigate()
  const isAsked = words.length > 1
  const { data } = useInfiniteQuery({ ...foundChatsQuery({ shelf: 'chats', search: words }), enabled: isAsked })
  const chats = allChats(data)
    .filter(({ title, snippet }) => snippet && !title?.toLowerCase().includes(words.toLowerCase()))
    .slice(0, few)
  if (!isAsked || chats.length === 0) return null
  return (
    <Command.Group heading="Said in chats" className={groupStyle}>
      {chats.map(({ session_id: sessionId, title, snippet }) => (
        <Command.Item
          key={sessionId}
          value={`said ${sessionId}`}
          keywords={[typed]}
          className={itemStyle}
          onSelect={run(() => void navigate({ to: '/chat/$sessionId', params: { sessionId } }))}
        >
          <MessageSquareText aria-hidden="true" />
          <span className="max-w-[60%] shrink-0 truncate">{title || 'Untitled'}</span>
          <span className="min-w-0 flex-1 truncate text-faint text-xs">{snippet}</span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}
