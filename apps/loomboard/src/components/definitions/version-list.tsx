import { useInfiniteQuery } from '@tanstack/react-query'
import { Ellipsis, GitFork, Rocket, RotateCcw, Trash2, Undo2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { formatRelative, formatTime } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { ErrorState } from '../error-state.tsx'
import { LinesLoading } from '../lines-loading.tsx'
import { MoreButton } from '../more-button.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../ui/dropdown-menu.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { type Entry, type Family, type Version, versionsQuery } from './queries.ts'
import { promote, retire } from './version-actions.ts'
import { authorWords } from './words.ts'

const VersionCompare = lazy(() => import('./version-compare.tsx').then((m) => ({ default: m.VersionCompare })))

export interface VersionListProps {
  family: Family
  entry: Entry
  /** The two that are compared, by their ids; `configured` stands for what is configured. */
  compare: readonly [from: string, to: string] | undefined
  onCompare: (compare: readonly [from: string, to: string] | undefined) => void
  /** Begins another one with what this version says. */
  onFork: (version: Version) => void
  /** Goes on writing from this version. */
  onEdit: (version: Version) => void
}

/** Every version there was: who made it, when and why; which is in use, and what can be done with it. */
export function VersionList({ family, entry, compare, onCompare, onFork, onEdit }: VersionListProps) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...versionsQuery(family, entry.name),
    enabled: entry.in_substrate,
  })
  const now = useNow(60_000)
  if (!entry.in_substrate) {
    return (
      <p className="px-1 text-muted text-sm">
        It is as it is configured. What you save here becomes its first version, and the configuration stays as it is.
      </p>
    )
  }
  if (isPending) return <LinesLoading label="Loading versions" />
  if (error && !data)
    return <ErrorState title="The versions could not be loaded" error={error} onRetry={() => void refetch()} />
  const versions = data.pages.flatMap((page) => page.versions)
  const inUse = entry.active_retired ? undefined : entry.active_def_id
  return (
    <>
      <ol aria-label="Versions" className="divide-y rounded-lg border bg-surface">
        {versions.map((version, i) => (
          <li key={version.def_id} className="flex items-start gap-2 py-2 pr-2 pl-4">
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
                <span className="font-medium tabular-nums">Version {version.version}</span>
                {version.def_id === inUse && <Badge tone="accent">In use</Badge>}
                {version.retired && <Badge>Retired</Badge>}
                <span className="text-faint text-xs" title={formatTime(Date.parse(version.created_at))}>
                  {formatRelative(Date.parse(version.created_at), now)} {authorWords(version)}
                </span>
              </div>
              {version.description && (
                <p dir="auto" className="text-muted text-sm [overflow-wrap:anywhere]">
                  {version.description}
                </p>
              )}
            </div>
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Changes in version ${version.version}`}
              onClick={() => onCompare([before(versions, i, entry), version.def_id])}
            >
              Changes
            </Button>
            <Actions
              version={version}
              isInUse={version.def_id === inUse}
              onPromote={() => void promote(family, version, inUse)}
              onRetire={(retired) => void retire(family, version, retired)}
              onFork={() => onFork(version)}
              onEdit={() => onEdit(version)}
            />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <MoreButton what="earlier versions" isReading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
      )}
      {compare && (
        <Suspense fallback={<LinesLoading label="Loading the comparison" />}>
          <VersionCompare family={family} entry={entry} versions={versions} compare={compare} onCompare={onCompare} />
        </Suspense>
      )}
    </>
  )
}

/** The one it was made from, or else the one before it. */
function before(versions: readonly Version[], i: number, { static_definition }: Entry): string {
  const { parent_def_id } = versions[i]!
  return parent_def_id ?? versions[i + 1]?.def_id ?? (static_definition ? 'configured' : 'nothing')
}

function Actions(props: {
  version: Version
  isInUse: boolean
  onPromote: () => void
  onRetire: (retired: boolean) => void
  onFork: () => void
  onEdit: () => void
}) {
  const [open, setOpen] = useState(false)
  const { version, isInUse } = props
  return (
    <Menu open={open} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <IconButton label={`Actions for version ${version.version}`} data-tip="Actions" size="sm">
          <Ellipsis />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        {!isInUse && !version.retired && (
          <MenuItem onSelect={props.onPromote}>
            <Rocket /> Put to use
          </MenuItem>
        )}
        <MenuItem onSelect={props.onEdit}>
          <RotateCcw /> Edit from here
        </MenuItem>
        <MenuItem onSelect={props.onFork}>
          <GitFork /> Make another one of it
        </MenuItem>
        {version.retired ? (
          <MenuItem onSelect={() => props.onRetire(false)}>
            <Undo2 /> Bring back
          </MenuItem>
        ) : (
          <MenuItem danger onSelect={() => props.onRetire(true)}>
            <Trash2 /> Retire
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  )
}
