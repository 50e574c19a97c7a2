import { useNavigate, useSearch } from '@tanstack/react-router'
import { Tag, X } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useStore } from '../../../../lib/browser/store.ts'
import type { ChatFilter } from '../../../../lib/queries.ts'
import { folders } from '../../../../lib/runs/chat-folders.ts'
import { ChatListHeader } from './chat-list-header.tsx'
import { ChatRows } from './chat-rows.tsx'

const FolderRows = lazy(() => import('./folder-rows.tsx').then((m) => ({ default: m.FolderRows })))
const PutAway = lazy(() => import('./put-away.tsx').then((m) => ({ default: m.PutAway })))

/** The conversations of this person, on every device; found by what is in them, and put away where they do not disturb. */
export function ChatList() {
  const [typed, setTyped] = useState('')
  const [shelf, setShelf] = useState<ChatFilter['shelf']>('chats')
  const search = useDeferredValue(typed.trim())
  const { tag } = useSearch({ from: '__root__' })
  const inFolders = useStore(folders).shown && shelf === 'chats' && search === '' && tag === undefined
  return (
    <nav aria-label="Chats" className="flex min-h-0 flex-1 flex-col">
      <ChatListHeader search={typed} onSearch={setTyped} shelf={shelf} onShelf={setShelf} />
      {shelf === 'chats' && tag !== undefined && <TagFilter tag={tag} />}
      <Suspense>
        {shelf !== 'chats' && <PutAway shelf={shelf} onShelf={setShelf} />}
        {inFolders ? (
          <FolderRows />
        ) : (
          <ChatRows filter={shelf === 'chats' ? { shelf, search, tag } : { shelf, search }} />
        )}
      </Suspense>
    </nav>
  )
}

function TagFilter({ tag }: { tag: string }) {
  const navigate = useNavigate()
  return (
    <div className="mx-2 mb-1 flex items-center gap-2 rounded-md bg-accent-soft py-0.5 pr-0.5 pl-2 text-accent-text text-sm">
      <Tag aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="min-w-0 flex-1 truncate">
        <span className="sr-only">Only with the tag </span>
        {tag}
      </span>
      <IconButton
        label="Show all chats"
        size="sm"
        onClick={() => void navigate({ to: '.', search: (all) => ({ ...all, tag: undefined }) })}
      >
        <X />
      </IconButton>
    </div>
  )
}
