import type { Chat, ChatList, PageCursor } from '@loomcycle/client'
import { type InfiniteData, infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { copies } from './browser/copies.ts'
import { client, noteError } from './client.ts'
import { isNetworkError } from './describe-error.ts'
import { queryClient } from './query-client.ts'
import { chatName } from './runs/chat-name.ts'

const pageSize = 200
const firstPage: PageCursor = {}
const nextPage = ({ next_cursor: cursor }: ChatList): PageCursor | null => (cursor ? { cursor } : null)
/** Changes are told; this is for what nobody tells, such as a title given elsewhere. */
const refreshEvery = 20_000

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: ({ signal }) => client.runnableAgents({ signal }).then(({ agents }) => agents),
  staleTime: 60_000,
})

export const chatsQuery = infiniteQueryOptions({
  queryKey: ['chats'],
  queryFn: async ({ pageParam, signal }) => {
    try {
      const page = await client.history({ op: 'list', scope: 'user', limit: pageSize, ...pageParam }, { signal })
      if (!pageParam.cursor) void copies.keep('list', page)
      return page
    } catch (error) {
      const copy = !pageParam.cursor && isNetworkError(error) ? await copies.find<ChatList>('list') : undefined
      if (!copy) throw error
      noteError(error)
      return copy.value
    }
  },
  initialPageParam: firstPage,
  getNextPageParam: nextPage,
  // The first page is what changes; whoever has scrolled further down refreshes on focus.
  refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) === 1 ? refreshEvery : false),
})

/** Which conversations a list shows. */
export interface ChatFilter {
  shelf: 'chats' | 'archive' | 'deleted'
  /** In titles, tags, and what was said. */
  search?: string
  tag?: string
}

/** What is asked of chats besides the list of all of them begins with this. */
export const found = 'found-chats'

export const foundChatsQuery = (filter: ChatFilter) =>
  infiniteQueryOptions({
    queryKey: [found, filter.shelf, filter.search ?? '', filter.tag ?? ''],
    queryFn: ({ pageParam, signal }) =>
      client.history(
        {
          op: 'list',
          scope: 'user',
          limit: pageSize,
          ...pageParam,
          archived_only: filter.shelf === 'archive',
          deleted_only: filter.shelf === 'deleted',
          ...(filter.search ? { query: filter.search } : {}),
          ...(filter.tag ? { tag: filter.tag } : {}),
        },
        { signal },
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  })

export const tagsQuery = queryOptions({
  queryKey: [found, 'tags'],
  queryFn: ({ signal }) => client.history({ op: 'tags', scope: 'user' }, { signal }).then(({ tags }) => tags),
})

/** One conversation that the list does not reach: an old one, or one that was put away. */
export const chatQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [found, 'one', sessionId],
    queryFn: ({ signal }) =>
      client
        .history({ op: 'get', scope: 'user', session_id: sessionId, limit: 1 }, { signal })
        .then(({ chat }) => named(chat)),
  })

function named(chat: Chat): Chat {
  const name = chatName(chat.title ?? '')
  return name === (chat.title ?? '') ? chat : { ...chat, title: name }
}

export function allChats(data: InfiniteData<ChatList> | undefined): Chat[] {
  const seen = new Set<string>()
  return (data?.pages ?? [])
    .flatMap((page) => page.chats)
    .filter((chat) => !seen.has(chat.session_id) && seen.add(chat.session_id))
    .map(named)
}

let refreshing: ReturnType<typeof setTimeout> | undefined

/** Soon, and once for all that happens at the same time. */
export function refreshChats(): void {
  if (refreshing !== undefined) return
  refreshing = setTimeout(() => {
    refreshing = undefined
    void refreshNewest()
  }, 150)
}

/** What changes comes first: whoever has scrolled through thousands does not fetch them again for it. */
async function refreshNewest(): Promise<void> {
  const { queryKey } = chatsQuery
  void queryClient.invalidateQueries({ queryKey: [found] })
  if ((queryClient.getQueryData(queryKey)?.pages.length ?? 0) <= 1) {
    await queryClient.invalidateQueries({ queryKey })
    return
  }
  const newest = await client.history({ op: 'list', scope: 'user', limit: pageSize }).catch(noteError)
  if (!newest) return
  queryClient.setQueryData(queryKey, (data) => {
    const [first, ...rest] = data?.pages ?? []
    if (!data || !first) return data
    const fresh = new Set(newest.chats.map(({ session_id }) => session_id))
    // Those that have slipped to the next page are still listed; the next page has not been read again.
    const end = newest.chats.at(-1)?.last_activity ?? ''
    const slipped = first.chats.filter((chat) => !fresh.has(chat.session_id) && chat.last_activity <= end)
    return { ...data, pages: [{ ...newest, chats: [...newest.chats, ...slipped] }, ...rest] }
  })
}

export function findChat(sessionId: string): Chat | undefined {
  return allChats(queryClient.getQueryData(chatsQuery.queryKey)).find((chat) => chat.session_id === sessionId)
}

/** What all runs of this person ask and nobody has answered yet, newest first. */
export const questionsQuery = queryOptions({
  queryKey: ['questions'],
  queryFn: async ({ signal }) => {
    const { subject } = await queryClient.ensureQueryData(whoamiQuery)
    return (await client.listUserInterrupts(subject, { signal })).interrupts
  },
  refetchInterval: 30_000,
})

export function refreshQuestions(): void {
  void queryClient.invalidateQueries({ queryKey: questionsQuery.queryKey })
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

/** Whose run it is never changes; what it is doing, others tell. */
export const agentQuery = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId],
    queryFn: ({ signal }) => client.getAgent(agentId, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
