import { Link, useNavigate } from '@tanstack/react-router'
import { cn } from '../../../lib/cn.ts'
import { useSequence } from '../../../lib/use-sequence.ts'
import type { DocumentSearch, ViewId } from '../model/document-search.ts'
import { views } from '../views/index.ts'

/** On a phone the tabs are longer than the screen. */
function bringIntoSight(tab: HTMLAnchorElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' })
}

/** After `g`. */
const letters: Record<ViewId, string> = { board: 'b', outline: 'o', table: 't', calendar: 'c', graph: 'g', page: 'p' }

/** The ways to see a document; each has an address of its own. */
export function ViewTabs({ current }: { current: ViewId }) {
  const navigate = useNavigate()
  const go = (view: ViewId) => () => void navigate({ to: '.', search: (now: DocumentSearch) => ({ ...now, view }) })
  useSequence('g', Object.fromEntries(views.map(({ id }) => [letters[id], go(id)])))
  if (views.length < 2) return null
  return (
    <nav aria-label="Views" className="flex shrink-0 gap-0.5 p-0.5">
      {views.map(({ id, label, icon: Icon }) => (
        <Link
          key={id}
          to="."
          search={(now: DocumentSearch) => ({ ...now, view: id })}
          aria-current={id === current ? 'page' : undefined}
          ref={id === current ? bringIntoSight : undefined}
          className={cn(
            'flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm -outline-offset-2 coarse:h-10 [&_svg]:size-3.5',
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
