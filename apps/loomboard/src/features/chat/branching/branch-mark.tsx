import { Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, GitBranch } from 'lucide-react'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { formatRelative, plural } from '../../../lib/format.ts'
import { chatName } from '../../../lib/runs/chat-name.ts'
import { addressOf, type BranchMark, type Version } from '../model/branches.ts'
import { useChatPlace } from '../place.ts'

const linkStyle =
  'rounded-sm text-muted underline decoration-line-strong underline-offset-2 hover:text-text coarse:py-2.5'

/** The place where conversations part: where this one comes from, which ones leave it here, and the way between them. */
export function BranchMarkRow({ mark: { from, branches, versions, current } }: { mark: BranchMark }) {
  const place = useChatPlace()
  const goTo = ({ sessionId, turn }: Version) => void place.goTo(sessionId, turn)
  const before = versions[current - 1]
  const after = versions[current + 1]
  return (
    <div className="my-1 flex min-h-7 items-center gap-2 text-muted text-xs">
      <GitBranch aria-hidden="true" className="size-3.5 shrink-0" />
      {from && (
        <span className="min-w-0 truncate">
          Branched from{' '}
          <Link
            to="/chat/$sessionId"
            params={{ sessionId: from.session_id }}
            search={{ turn: addressOf(from.seq + 1) }}
            className={linkStyle}
          >
            {chatName(from.title ?? '') || 'Untitled'}
          </Link>
        </span>
      )}
      {branches.length > 0 && (
        <Menu>
          <MenuTrigger className={`${linkStyle} shrink-0`}>{plural(branches.length, 'branch', 'branches')}</MenuTrigger>
          <MenuContent align="start" className="max-h-80 max-w-80 overflow-y-auto">
            {branches.map((branch) => (
              <MenuItem key={branch.sessionId} onSelect={() => goTo(branch)}>
                <GitBranch aria-hidden="true" />
                <span className="min-w-0 flex-1 truncate">{branch.title}</span>
                <span className="shrink-0 text-faint text-xs">{formatRelative(branch.since ?? 0, Date.now())}</span>
              </MenuItem>
            ))}
          </MenuContent>
        </Menu>
      )}
      {versions.length > 1 && current >= 0 && (
        <span className="flex shrink-0 items-center tabular-nums">
          <IconButton label="Previous version" size="sm" disabled={!before} onClick={() => before && goTo(before)}>
            <ChevronLeft />
          </IconButton>
          {current + 1} of {versions.length}
          <IconButton label="Next version" size="sm" disabled={!after} onClick={() => after && goTo(after)}>
            <ChevronRight />
          </IconButton>
        </span>
      )}
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </div>
  )
}
