import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FolderTree, Tag, Tags } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuCheck, MenuContent, MenuTrigger } from '../../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useStore } from '../../../../lib/browser/store.ts'
import { tagsQuery } from '../../../../lib/queries.ts'
import { folders, showFolders } from '../../../../lib/runs/chat-folders.ts'

const mostTags = 100

export function TagsMenuContent() {
  const [open, setOpen] = useState(true)
  const { shown } = useStore(folders)
  const { tag: chosen } = useSearch({ from: '__root__' })
  const navigate = useNavigate()
  const { data: tags = [], isPending } = useQuery(tagsQuery)
  const choose = (tag: string | undefined) => void navigate({ to: '.', search: (all) => ({ ...all, tag }) })
  return (
    <Menu open={open} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <IconButton
          label="Tags and folders"
          size="sm"
          className={shown || chosen !== undefined ? 'text-accent-text' : undefined}
        >
          <Tags />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end" className="max-h-96 w-56 overflow-y-auto">
        <MenuCheck checked={shown} onCheckedChange={showFolders}>
          <FolderTree /> Folders by tag
        </MenuCheck>
        <p className="px-2 pt-2 pb-1 font-medium text-2xs text-faint">Only with tag</p>
        {tags.slice(0, mostTags).map(({ tag, count }) => (
          <MenuCheck key={tag} checked={tag === chosen} onCheckedChange={(on) => choose(on ? tag : undefined)}>
            <Tag />
            <span className="min-w-0 flex-1 truncate">{tag}</span>
            <span className="text-faint text-xs tabular-nums">{count}</span>
          </MenuCheck>
        ))}
        {tags.length > mostTags && (
          <p className="px-2 pb-2 text-muted text-sm">And {tags.length - mostTags} more, each with a folder.</p>
        )}
        {tags.length === 0 && !isPending && (
          <p className="px-2 pb-2 text-muted text-sm">No tags yet. Add one from a chat’s menu.</p>
        )}
      </MenuContent>
    </Menu>
  )
}
