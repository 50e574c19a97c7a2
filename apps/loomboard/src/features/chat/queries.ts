import type { ChatList, RunnableAgent } from '@loomcycle/client'
import { type InfiniteData, useMutation } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'
import { chatsQuery, refreshChats } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'

export type ChatChange =
  | { op: 'rename'; session_id: string; title: string }
  | { op: 'pin'; session_id: string; pinned: boolean }
  | { op: 'archive'; session_id: string; archived: boolean }

/** Shows the change at once, and takes it back when the server refuses. */
export function useChangeChat() {
  return useMutation({
    mutationFn: (change: ChatChange): Promise<unknown> =>
      change.op === 'rename'
        ? client.history({ scope: 'user', ...change })
        : change.op === 'pin'
          ? client.history({ scope: 'user', ...change })
          : client.history({ scope: 'user', ...change }),
    onMutate: async (change) => {
      await queryClient.cancelQueries({ queryKey: chatsQuery.queryKey })
      const before = queryClient.getQueryData(chatsQuery.queryKey)
      queryClient.setQueryData(chatsQuery.queryKey, (data) => data && withChange(data, change))
      return { before }
    },
    onError: (_error, _change, context) => queryClient.setQueryData(chatsQuery.queryKey, context?.before),
    onSettled: refreshChats,
  })
}

function withChange<Data extends InfiniteData<ChatList, unknown>>(data: Data, change: ChatChange): Data {
  const { op, session_id, ...members } = change
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      chats: page.chats
        .map((chat) => (chat.session_id === session_id ? { ...chat, ...members } : chat))
        .filter((chat) => !(op === 'archive' && chat.session_id === session_id && change.archived)),
    })),
  }
}

/** The agent of a new chat unless somebody chooses another. */
export function defaultAgent(agents: readonly RunnableAgent[], preferred: string): RunnableAgent | undefined {
  return agents.find(({ name }) => name === preferred) ?? agents.find((agent) => agent.default) ?? agents[0]
}
