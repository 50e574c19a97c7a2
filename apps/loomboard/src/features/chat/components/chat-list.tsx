import type { Chat } from '@loomcycle/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { VList } from 'virtua'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { cn } from '../../../lib/cn.ts'
import { formatRelative } from '../../../lib/format.ts'
import { closeOverlay } from '../../../lib/overlays.ts'
import { allChats, chatsQuery } from '../../../lib/queries.ts'
import { useNow } from '../../../lib/use-now.ts'
import { activityOf, type ChatActivity, toChatRows } from '../model/sections.ts'
import { ChatMenu } from './chat-menu.tsx'

/** The conversations of this person, on every device. */
export function ChatList() {
  return (
    <nav aria-label="Chats" className="flex min-h-0 flex-1 flex-col">
      <Chats />
    </nav>
  )
}

function Chats() {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(chatsQuery)
  const now = useNow(30_000)
  if (isPending) return <Loading />
  const rows = toChatRows(allChats(data), now)
  if (rows.length === 0 && error)
    return <ErrorState title="Your chats could not be loaded" error={error} onRetry={() => void refetch()} />
  if (rows.length === 0)
    return <EmptyState title="No chats yet">What you start appears here, on every device.</EmptyState>
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

function ChatLink({ chat, now }: { chat: Chat; now: number }) {
  return (
    <div className="group relative">
      <Link
        to="/chat/$sessionId"
        params={{ sessionId: chat.session_id }}
        onClick={() => closeOverlay()}
        className="flex h-8 items-center gap-2 rounded-md pr-2 pl-2 text-muted text-sm -outline-offset-2 hover:bg-hover hover:text-text data-[status=active]:bg-hover data-[status=active]:text-text coarse:h-11 coarse:pr-10"
      >
        <ActivityDot activity={activityOf(chat)} />
        <span className="min-w-0 flex-1 truncate">{chat.title || 'Untitled'}</span>
        <span className="shrink-0 text-2xs text-faint tabular-nums group-focus-within:invisible group-hover:invisible coarse:hidden">
          {formatRelative(Date.parse(chat.last_activity), now)}
        </span>
      </Link>
      <ChatMenu
        chat={chat}
        className="absolute top-1 right-1 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 coarse:opacity-100"
      />
    </div>
  )
}

const dots: Record<ChatActivity, { word: string; style: string }> = {
  working: { word: 'Working', style: 'animate-breathe bg-accent' },
  waiting: { word: 'Waiting for an answer', style: 'bg-warn' },
  parked: { word: 'Your turn', style: 'border border-accent-text' },
  failed: { word: 'Failed', style: 'bg-danger' },
  idle: { word: '', style: 'bg-transparent' },
}

function ActivityDot({ activity }: { activity: ChatActivity }) {
  const { word, style } = dots[activity]
  return (
    <span className="flex w-2 shrink-0 justify-center" title={word || undefined}>
      <span aria-hidden="true" className={cn('size-1.5 rounded-full', style)} />
      {word && <span className="sr-only">{word}: </span>}
    </span>
  )
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
