import type { Chat } from '@loomcycle/client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useStore } from '../../../lib/browser/store.ts'
import { connection } from '../../../lib/client.ts'
import { clip } from '../../../lib/format.ts'
import { allChats, chatQuery, chatsQuery } from '../../../lib/queries.ts'
import { chatName } from '../../../lib/runs/chat-name.ts'
import type { Conversation, ConversationState } from '../conversation.ts'
import { leaveConversation } from '../conversations.ts'

/** A tab in the background gives its connection back after this long; coming back picks up where it was. */
const hiddenPatience = 15_000

/** Follows a conversation while somebody looks at it. */
export function useConversation(conversation: Conversation): ConversationState {
  useEffect(() => {
    void conversation.open()
    let timer: ReturnType<typeof setTimeout> | undefined
    const onVisibility = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') void conversation.open()
      else timer = setTimeout(() => conversation.detach(), hiddenPatience)
    }
    if (document.visibilityState === 'hidden') onVisibility()
    document.addEventListener('visibilitychange', onVisibility)
    const stopWatching = connection.onReturn(() => void conversation.open())
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      clearTimeout(timer)
      stopWatching()
      leaveConversation(conversation)
    }
  }, [conversation])
  return useStore(conversation.state)
}

/** The conversation's row in the list; a run that another tab has started is joined. */
export function useChatRow(conversation: Conversation, runId: string) {
  const { sessionId } = conversation
  const list = useInfiniteQuery({
    ...chatsQuery,
    select: (data) => allChats(data).find((candidate) => candidate.session_id === sessionId),
  })
  const isUnlisted = sessionId !== undefined && list.isSuccess && list.data === undefined
  const one = useQuery({ ...chatQuery(sessionId ?? ''), enabled: isUnlisted })
  const chat = list.data ?? (isUnlisted ? one.data : undefined)
  const latest = chat?.run_id
  useEffect(() => {
    if (latest && runId && latest !== runId && !conversation.attached) void conversation.open()
  }, [conversation, latest, runId])
  return chat
}

/** What it is called: by its row in the list, its log, or else its first message. */
export function titleOf({ sessionId }: Conversation, state: ConversationState, chat?: Chat): string {
  const first = state.view.turns[0]?.input?.text ?? ''
  return chatName(chat?.title || state.title || clip(first, 60)) || (sessionId ? 'Chat' : 'New chat')
}
