import { Tags } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'

const TagsMenuContent = lazy(() => import('./tags-menu-content.tsx').then((m) => ({ default: m.TagsMenuContent })))

/** Folders by tag, or the chats with one tag. The menu's code comes with its first use. */
export function TagsMenu() {
  const [used, setUsed] = useState(false)
  const button = (
    <IconButton label="Tags and folders" size="sm" aria-haspopup="menu" onClick={() => setUsed(true)}>
      <Tags />
    </IconButton>
  )
  if (!used) return button
  return (
    <Suspense fallback={button}>
      <TagsMenuContent />
    </Suspense>
  )
}
