import type { Chat, ChatList } from '@loomcycle/client'
import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'

const pageSize = 200
const refreshEvery = 5_000

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: ({ signal }) => client.runnableAgents({ signal }).then(({ agents }) => agents),
  staleTime: 60_000,
})

export const chatsQuery = infiniteQueryOptions({
  queryKey: ['chats'],
  queryFn: ({ pageParam, signal }) =>
    client.history({ op: 'list', scope: 'user', limit: pageSize, offset: pageParam }, { signal }),
  initialPageParam: 0,
  getNextPageParam: (last) => (last.offset + last.chats.length < last.total ? last.offset + last.chats.length : null),
  // The first page is what changes; whoever has scrolled further down refreshes on focus.
  refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) === 1 ? refreshEvery : false),
})

export function allChats(data: InfiniteData<ChatList> | undefined): Chat[] {
  const seen = new Set<string>()
  return (data?.pages ?? [])
    .flatMap((page) => page.chats)
    .filter((chat) => !seen.has(chat.session_id) && seen.add(chat.session_id))
}

export function refreshChats(): void {
  void queryClient.invalidateQueries({ queryKey: chatsQuery.queryKey })
}

export const whoamiQuery = queryOptions({
  queryKey: ['whoami'],
  queryFn: ({ signal }) => client.whoami({ signal }),
  staleTime: 60_000,
})

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => client.health({ signal }),
})
