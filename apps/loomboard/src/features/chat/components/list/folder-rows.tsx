import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { ChevronRight, Folder as FolderIcon, FolderOpen } from 'lucide-react'
import { VList } from 'virtua'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { ErrorState } from '../../../../components/error-state.tsx'
import { useStore } from '../../../../lib/browser/store.ts'
import { cn } from '../../../../lib/cn.ts'
import { folderQuery, readMoreOf } from '../../../../lib/folder-queries.ts'
import { tagsQuery } from '../../../../lib/queries.ts'
import { folders, toggleFolder } from '../../../../lib/runs/chat-folders.ts'
import { useSubSessions } from '../../../../lib/runs/runs.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { type FolderRow, toFolderRows } from '../../model/folders.ts'
import { ChatLink } from './chat-link.tsx'
import { LoadingChats } from './chat-rows.tsx'

const untagged = ''

/** The chats in folders by tag. One with two tags is in both; one without any is in the last. */
export function FolderRows() {
  const { data: tags, error, refetch } = useQuery(tagsQuery)
  const { open } = useStore(folders)
  const more = useMutation({ mutationFn: readMoreOf })
  const subSessions = useSubSessions()
  const now = useNow(30_000)
  const all = [...(tags ?? []), { tag: untagged, count: undefined }]
  const opened = all.filter(({ tag }) => open.includes(tag))
  const read = useQueries({ queries: opened.map(({ tag }) => folderQuery(tag)) })

  if (!tags && error)
    return <ErrorState title="Your folders could not be loaded" error={error} onRetry={() => void refetch()} />
  if (!tags) return <LoadingChats />
  if (tags.length === 0)
    return <EmptyState title="No folders yet">Each tag is a folder. Add one from a chat’s menu.</EmptyState>

  const answerOf = (wanted: string) => read[opened.findIndex(({ tag }) => tag === wanted)]
  const rows = toFolderRows(
    all.map(({ tag, count }) => {
      const pages = answerOf(tag)?.data ?? []
      const isReading = pages.length === 0 || (more.isPending && more.variables === tag)
      return { tag, count, open: open.includes(tag), pages, isReading }
    }),
    (sessionId) => subSessions.has(sessionId),
  )
  const hasFailed = (tag: string) => Boolean(answerOf(tag)?.error) || (more.isError && more.variables === tag)
  return (
    <VList className="px-2 pb-2" data={rows}>
      {(row) =>
        row.kind === 'chat' ? (
          <div key={row.key} className="pl-3">
            <ChatLink chat={row.chat} now={now} />
          </div>
        ) : row.kind === 'folder' ? (
          <FolderHeading key={`folder ${row.tag}`} {...row} />
        ) : (
          <button
            key={`more ${row.tag}`}
            type="button"
            disabled={row.left === undefined && !hasFailed(row.tag)}
            className="ml-5 h-8 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-text disabled:text-faint coarse:h-11"
            onClick={() => (answerOf(row.tag)?.error ? void answerOf(row.tag)?.refetch() : more.mutate(row.tag))}
          >
            {hasFailed(row.tag)
              ? 'Not loaded. Try again'
              : row.left === undefined
                ? 'Loading…'
                : `Show more (${row.left} left)`}
          </button>
        )
      }
    </VList>
  )
}

function FolderHeading({ tag, count, open }: Extract<FolderRow, { kind: 'folder' }>) {
  const Icon = open ? FolderOpen : FolderIcon
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={() => toggleFolder(tag)}
      className="flex h-8 w-full items-center gap-1.5 rounded-md px-1 text-left font-medium text-sm -outline-offset-2 hover:bg-hover coarse:h-11"
    >
      <ChevronRight aria-hidden="true" className={cn('size-3.5 shrink-0 text-faint', open && 'rotate-90')} />
      <Icon aria-hidden="true" className="size-4 shrink-0 text-faint" />
      <span className="min-w-0 flex-1 truncate">{tag || 'Without a tag'}</span>
      {count !== undefined && (
        <span className="pr-1 text-2xs text-faint tabular-nums">
          {count}
          <span className="sr-only"> {count === 1 ? 'chat' : 'chats'}</span>
        </span>
      )}
    </button>
  )
}
