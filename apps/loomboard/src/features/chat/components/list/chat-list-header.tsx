import { Archive } from 'lucide-react'
import { SearchInput } from '../../../../components/search-input.tsx'
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
      <SearchInput
        label={what}
        value={search}
        onChange={onSearch}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || search === '' || isComposing(event.nativeEvent)) return
          event.stopPropagation()
          onSearch('')
        }}
        className="flex-1"
        inputClassName="h-7 bg-transparent pr-6 pl-8 -outline-offset-2 hover:bg-hover focus-visible:bg-bg"
      />
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
