import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, useEffect, useMemo } from 'react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { ErrorState } from '../../../../components/error-state.tsx'
import { Skeleton } from '../../../../components/ui/skeleton.tsx'
import { onDemand, useOnDemand } from '../../../../lib/on-demand.ts'
import { allChats, type ChatFilter, chatsQuery, foundChatsQuery } from '../../../../lib/queries.ts'
import { useSubSessions } from '../../../../lib/runs/runs.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { type ChatRow, toChatRows } from '../../model/sections.ts'
import { ChatLink } from './chat-link.tsx'

const DeletedChat = lazy(() => import('./deleted-chat.tsx').then((m) => ({ default: m.DeletedChat })))

/** As many rows as a tall screen shows; fewer are filled up from the next page. */
const screenful = 40

/** Draws of a long list what can be seen. */
const longList = onDemand(() => import('virtua').then((module) => module.VList))

export function ChatRows({ filter }: { filter: ChatFilter }) {
  const { shelf, search, tag } = filter
  const query = useInfiniteQuery(shelf === 'chats' && !search && !tag ? chatsQuery : foundChatsQuery(filter))
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const subSessions = useSubSessions()
  const now = useNow(30_000)
  const chats = useMemo(
    () => allChats(data).filter(({ session_id }) => !subSessions.has(session_id)),
    [data, subSessions],
  )
  const rows = useMemo(() => toChatRows(chats, now), [chats, now])
  const isShort = chats.length < screenful
  const LongList = useOnDemand(longList, !isShort, { held: isShort })

  // What is left of a page may be little.
  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage && !error) void fetchNextPage()
  }, [isShort, hasNextPage, isFetchingNextPage, error, fetchNextPage])

  if (isPending) return <LoadingChats />
  if (chats.length === 0 && error)
    return <ErrorState title="Your chats could not be loaded" error={error} onRetry={() => void refetch()} />
  if (chats.length === 0) return isFetchingNextPage ? <LoadingChats /> : <Nothing filter={filter} />
  const drawn = (row: ChatRow) =>
    row.kind === 'heading' ? (
      <div key={row.title} className="px-2 pt-3 pb-1 font-medium text-2xs text-faint">
        {row.title}
      </div>
    ) : row.chat.deleted_at ? (
      <DeletedChat key={row.chat.session_id} chat={row.chat} />
    ) : (
      <ChatLink key={row.chat.session_id} chat={row.chat} now={now} />
    )
  if (!LongList) {
    const first = isShort ? rows : rows.slice(0, screenful)
    return <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">{first.map(drawn)}</div>
  }
  return (
    <LongList
      className="px-2 pb-2"
      data={rows}
      onScroll={(offset) => {
        if (hasNextPage && !isFetchingNextPage && offset > rows.length * 20) void fetchNextPage()
      }}
    >
      {drawn}
    </LongList>
  )
}

function Nothing({ filter: { shelf, search, tag } }: { filter: ChatFilter }) {
  if (search) return <EmptyState title="Nothing found">{`“${search}” is in no title and no message.`}</EmptyState>
  if (shelf === 'archive') return <EmptyState title="The archive is empty">What you archive is kept here.</EmptyState>
  if (shelf === 'deleted')
    return <EmptyState title="Nothing was deleted">What you delete can be brought back here.</EmptyState>
  if (tag) return <EmptyState title="No chat has this tag">{`Add “${tag}” to a chat from its menu.`}</EmptyState>
  return <EmptyState title="No chats yet">What you start appears here, on every device.</EmptyState>
}

export function LoadingChats() {
  return (
    <div role="status" aria-label="Loading chats" className="flex flex-col gap-3 px-4 pt-4">
      {[70, 85, 55, 78, 62, 80].map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-3.5" />
        </div>
      ))}
    </div>
  )
}
