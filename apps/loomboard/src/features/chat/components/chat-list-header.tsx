import { Archive, Search, X } from 'lucide-react'
import { IconButton } from '../../../components/ui/icon-button.tsx'

export interface ChatListHeaderProps {
  search: string
  onSearch: (search: string) => void
  archived: boolean
  onArchived: (archived: boolean) => void
}

export function ChatListHeader({ search, onSearch, archived, onArchived }: ChatListHeaderProps) {
  return (
    <div className="flex items-center gap-1 px-2 pt-1 pb-1">
      <label className="relative min-w-0 flex-1">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
        />
        <input
          type="search"
          aria-label={archived ? 'Search the archive' : 'Search chats'}
          placeholder={archived ? 'Search the archive' : 'Search chats'}
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search === '') return
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
      <IconButton
        label="Archive"
        size="sm"
        aria-pressed={archived}
        className="aria-pressed:bg-hover aria-pressed:text-accent-text"
        onClick={() => onArchived(!archived)}
      >
        <Archive />
      </IconButton>
    </div>
  )
}
