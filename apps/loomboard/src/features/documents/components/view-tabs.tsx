import { Link } from '@tanstack/react-router'
import { cn } from '../../../lib/cn.ts'
import type { DocumentSearch, ViewId } from '../model/filter.ts'
import { views } from '../views/index.ts'

/** The ways to see a document; each has an address of its own. */
export function ViewTabs({ current }: { current: ViewId }) {
  if (views.length < 2) return null
  return (
    <nav aria-label="Views" className="-mx-1 flex gap-0.5 overflow-x-auto">
      {views.map(({ id, label, icon: Icon }) => (
        <Link
          key={id}
          to="."
          search={(now: DocumentSearch) => ({ ...now, view: id })}
          aria-current={id === current ? 'page' : undefined}
          className={cn(
            'flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm -outline-offset-2 coarse:h-11 [&_svg]:size-3.5',
            id === current ? 'bg-hover font-medium text-text' : 'text-muted hover:bg-hover hover:text-text',
          )}
        >
          <Icon aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  )
}
