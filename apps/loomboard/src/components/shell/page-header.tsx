import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { plural } from '../../lib/format.ts'
import { useOpenQuestions } from '../../lib/open-questions.ts'
import { openOverlay } from '../../lib/overlays.ts'
import { IconButton } from '../ui/icon-button.tsx'

export interface PageHeaderProps {
  title: string
  /** Stands beside the title, and beneath it where there is little room. */
  status?: ReactNode
  children?: ReactNode
}

/** The strip above a page: its title, and on phones the way to the sidebar. */
export function PageHeader({ title, status, children }: PageHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b px-2 md:px-4">
      <NavigationButton />
      <div className="flex min-w-0 flex-1 gap-x-2 max-md:flex-col md:items-center">
        <h1 className="min-w-0 truncate font-display font-medium text-base max-md:leading-5">{title}</h1>
        {status}
      </div>
      {children}
    </header>
  )
}

function NavigationButton() {
  const open = useOpenQuestions()
  return (
    <span className="relative md:hidden">
      <IconButton
        label={open > 0 ? `Open navigation, ${plural(open, 'open question')}` : 'Open navigation'}
        onClick={() => openOverlay('sidebar')}
      >
        <Menu />
      </IconButton>
      {open > 0 && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-1 right-1 size-2 coarse:top-2 coarse:right-2 rounded-full bg-warn"
        />
      )}
    </span>
  )
}
