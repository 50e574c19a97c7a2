import { Archive, Search, X } from 'lucide-react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { isComposing } from '../../../../lib/composing.ts'
import type { ChatFilter } from '../../../../lib/queries.ts'
import { TagsMenu } from './tags-menu.tsx'

export interface ChatListHeaderProps {
  search: string
  onSearch: (search: string) => void
  shelf: ChatFilter['shelf']
  onShelf: (shelf: ChatFilter['shelf']) => void
}

export function ChatListHeader({ search, onSearch, shelf, onShelf }: ChatListHeaderProps) {
  const archived = shelf !== 'chats'
  const what = shelf === 'chats' ? 'Search chats' : shelf === 'archive' ? 'Search the archive' : 'Search deleted chats'
  return (
    <div className="flex items-center gap-1 px-2 pt-1 pb-1">
      <label className="relative min-w-0 flex-1">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
        />
        <input
          type="search"
          aria-label={what}
          placeholder={what}
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search === '' || isComposing(event.nativeEvent)) return
            event.stopPropagation()
            onSearch('')
          }}
          className="h-7 w-full rounded-md bg-transparent pr-6 pl-8 text-sm -outline-offset-2 hover:bg-hover focus-visible:bg-bg coarse:h-10 [&::-webkit-search-cancel-button]:hidden"
        />
        {search !== '' && (
          <IconButton
            label="Clear the search"
            size="sm"
            className="absolute top-1/2 right-0.5 -translate-y-1/2"
            onClick={() => onSearch('')}
          >
            <X />
          </IconButton>
        )}
      </label>
      {!archived && <TagsMenu />}
      <IconButton
        label="Archive"
        size="sm"
        aria-pressed={archived}
        className="aria-pressed:bg-hover aria-pressed:text-accent-text"
        onClick={() => onShelf(archived ? 'chats' : 'archive')}
      >
        <Archive />
      </IconButton>
    </div>
  )
}
