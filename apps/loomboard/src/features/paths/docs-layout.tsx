import type { ReactNode } from 'react'
import { useMedia } from '../../lib/browser/use-media.ts'
import { PathExplorer } from './path-explorer.tsx'

export interface DocsLayoutProps {
  path: string
  /** A document takes the room of the tree where there is not much of it. */
  isDocument: boolean
  onOpen: (path: string) => void
  children: ReactNode
}

export function DocsLayout({ path, isDocument, onOpen, children }: DocsLayoutProps) {
  const hasRoom = useMedia(isDocument ? '(min-width: 1280px)' : '(min-width: 768px)')
  return (
    <div className="group/docs flex min-h-0 flex-1">
      {hasRoom && (
        <nav
          aria-label="Tree of documents"
          // Columns need more room than lines do.
          className="flex w-60 shrink-0 flex-col border-r pt-3 max-[1599px]:group-has-data-[view=board]/docs:hidden"
        >
          <PathExplorer path={path} onOpen={onOpen} />
        </nav>
      )}
      <div className="flex min-w-0 flex-1 flex-col">{children}</div>
    </div>
  )
}
