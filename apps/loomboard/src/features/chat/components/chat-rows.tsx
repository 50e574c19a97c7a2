import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { VList } from 'virtua'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { allChats, chatsQuery, foundChatsQuery } from '../../../lib/queries.ts'
import { liveRuns } from '../../../lib/runs.ts'
import { useStore } from '../../../lib/store.ts'
import { useNow } from '../../../lib/use-now.ts'
import { toChatRows } from '../model/sections.ts'
import { ChatLink } from './chat-link.tsx'

/** As many rows as a tall screen shows; fewer are filled up from the next page. */
const screenful = 40

export function ChatRows({ search, archived }: { search: string; archived: boolean }) {
  const all = search === '' && !archived
  const query = useInfiniteQuery(all ? chatsQuery : foundChatsQuery(search, archived))
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const { subSessions } = useStore(liveRuns.state)
  const now = useNow(30_000)
  const chats = useMemo(
    () => allChats(data).filter((chat) => (chat.archived ?? false) === archived && !subSessions.has(chat.session_id)),
    [data, archived, subSessions],
  )
  const isShort = chats.length < screenful

  // The archive is listed among everything else, and what is left of a page may be little.
  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage && !error) void fetchNextPage()
  }, [isShort, hasNextPage, isFetchingNextPage, error, fetchNextPage])

  if (isPending) return <Loading />
  if (chats.length === 0 && error)
    return <ErrorState title="Your chats could not be loaded" error={error} onRetry={() => void refetch()} />
  if (chats.length === 0) return isFetchingNextPage ? <Loading /> : <Nothing search={search} archived={archived} />
  const rows = toChatRows(chats, now)
  return (
    <VList
      className="px-2 pb-2"
      onScroll={(offset) => {
        if (hasNextPage && !isFetchingNextPage && offset > rows.length * 20) void fetchNextPage()
      }}
    >
      {rows.map((row) =>
        row.kind === 'heading' ? (
          <div key={row.title} className="px-2 pt-3 pb-1 font-medium text-2xs text-faint">
            {row.title}
          </div>
        ) : (
          <ChatLink key={row.chat.session_id} chat={row.chat} now={now} />
        ),
      )}
    </VList>
  )
}

function Nothing({ search, archived }: { search: string; archived: boolean }) {
  if (search) return <EmptyState title="Nothing found">{`No chat has “${search}” in its title.`}</EmptyState>
  if (archived) return <EmptyState title="The archive is empty">What you archive is kept here.</EmptyState>
  return <EmptyState title="No chats yet">What you start appears here, on every device.</EmptyState>
}

function Loading() {
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
