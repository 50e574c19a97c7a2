import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { openOverlay } from '../../lib/overlays.ts'
import { IconButton } from '../ui/icon-button.tsx'

/** The strip above a page: its title, and on phones the way to the sidebar. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b px-2 md:px-4">
      <IconButton label="Open navigation" className="md:hidden" onClick={() => openOverlay('sidebar')}>
        <Menu />
      </IconButton>
      <h1 className="min-w-0 truncate font-display font-medium text-base">{title}</h1>
      {children}
    </header>
  )
}
