import type { Chat, ChatList, RunnableAgent } from '@loomcycle/client'
import { type InfiniteData, useMutation } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'
import { agentsQuery, chatsQuery, refreshChats } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'
import { preferredAgent } from '../../lib/runs/preferred-agent.ts'

export type ChatChange =
  | { op: 'rename'; session_id: string; title: string }
  | { op: 'pin'; session_id: string; pinned: boolean }
  | { op: 'archive'; session_id: string; archived: boolean }
  | { op: 'tag' | 'untag'; session_id: string; tag: string }
  | { op: 'delete' | 'restore'; session_id: string }

function save(change: ChatChange): Promise<unknown> {
  const { session_id } = change
  switch (change.op) {
    case 'rename':
      return client.history({ scope: 'user', ...change })
    case 'pin':
      return client.history({ scope: 'user', ...change })
    case 'archive':
      return client.history({ scope: 'user', ...change })
    case 'tag':
      return client.history({ op: 'annotate', scope: 'user', session_id, add_tags: [change.tag] })
    case 'untag':
      return client.history({ op: 'annotate', scope: 'user', session_id, remove_tags: [change.tag] })
    case 'delete':
      return client.deleteSession(session_id)
    case 'restore':
      return client.restoreSession(session_id)
  }
}

/** Shows the change at once, and takes it back when the server refuses. */
export function useChangeChat() {
  return useMutation({
    mutationFn: save,
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
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      chats: page.chats.flatMap((chat) => (chat.session_id === change.session_id ? changed(chat, change) : chat)),
    })),
  }
}

/** The conversation as the list shows it after a change; none where it leaves the list. */
function changed(chat: Chat, change: ChatChange): Chat[] {
  switch (change.op) {
    case 'rename':
      return [{ ...chat, title: change.title }]
    case 'pin':
      return [{ ...chat, pinned: change.pinned }]
    case 'archive':
      return change.archived ? [] : [{ ...chat, archived: false }]
    case 'tag':
      return [{ ...chat, tags: [...(chat.tags ?? []).filter((tag) => tag !== change.tag), change.tag] }]
    case 'untag':
      return [{ ...chat, tags: (chat.tags ?? []).filter((tag) => tag !== change.tag) }]
    case 'delete':
      return []
    case 'restore':
      return [chat]
  }
}

/** The agent of a new chat unless somebody chooses another. */
export function defaultAgent(agents: readonly RunnableAgent[], preferred: string): RunnableAgent | undefined {
  return agents.find(({ name }) => name === preferred) ?? agents.find((agent) => agent.default) ?? agents[0]
}

/** For a message that is faster than the list of agents. */
export async function anyAgent(): Promise<string> {
  const agent = defaultAgent(await queryClient.ensureQueryData(agentsQuery), preferredAgent.get())
  if (!agent) throw new Error('There is no agent to talk to. Add one to the runtime’s configuration.')
  return agent.name
}
