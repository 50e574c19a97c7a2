import type { VolumeFile } from '@loomcycle/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ban, File, Folder, FolderOpen, Link2 } from 'lucide-react'
import { Lines } from '../../components/definitions/lines.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { formatBytes, formatRelative } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { filesQuery } from './queries.ts'

/** What is in a folder of a volume, folders first. */
export function FolderList({ volume, folder }: { volume: string; folder: string }) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    filesQuery(volume, folder),
  )
  const now = useNow(60_000)
  if (isPending) return <LinesLoading label="Loading the folder" />
  if (error && !data)
    return <ErrorState title="This folder could not be read" error={error} onRetry={() => void refetch()} />
  const files = data.pages.flatMap(({ entries }) => entries)
  if (files.length === 0) {
    return (
      <EmptyState icon={<FolderOpen />} title="There is nothing in here">
        Agents that have this volume may put files into it.
      </EmptyState>
    )
  }
  return (
    <>
      <Lines label="Files" of={files} keyOf={({ path }) => path}>
        {(file) => <FileRow volume={volume} file={file} now={now} />}
      </Lines>
      {hasNextPage && <MoreButton what="more" isReading={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
      {data.pages.at(-1)?.truncated && !hasNextPage && (
        <p className="mt-2 px-1 text-muted text-sm">The folder has more than the runtime looks through.</p>
      )}
    </>
  )
}

const icons = { directory: Folder, file: File, link: Link2, other: Ban }
const lineStyle = 'flex min-h-10 items-center gap-2.5 px-4 py-1.5 text-sm coarse:min-h-12'

function FileRow({ volume, file, now }: { volume: string; file: VolumeFile; now: number }) {
  const Icon = icons[file.kind]
  const line = (
    <>
      <Icon aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {file.name}
        {file.kind === 'directory' && <span className="sr-only">, a folder</span>}
      </span>
      {file.bytes !== undefined && (
        <span className="shrink-0 text-faint text-xs tabular-nums">{formatBytes(file.bytes)}</span>
      )}
      {file.modified_at && (
        <span className="w-14 shrink-0 text-right text-faint text-xs tabular-nums">
          {formatRelative(Date.parse(file.modified_at), now)}
        </span>
      )}
    </>
  )
  if (file.kind === 'link' || file.kind === 'other') {
    return (
      <span
        className={`${lineStyle} text-muted`}
        title={file.kind === 'link' ? 'A link; it is not followed here' : undefined}
      >
        {line}
      </span>
    )
  }
  return (
    <Link
      to="/volumes/$name"
      params={{ name: volume }}
      search={file.kind === 'directory' ? { path: file.path } : { file: file.path }}
      className={`${lineStyle} -outline-offset-2 hover:bg-hover`}
    >
      {line}
    </Link>
  )
}
