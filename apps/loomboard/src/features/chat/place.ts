import { useNavigate } from '@tanstack/react-router'
import { createContext, use, useMemo } from 'react'

/** Where a conversation is held: on a page of its own, or beside what it is about. */
export interface ChatPlace {
  /** The keys of the page are not its own, nor is there room for an outline. */
  isBeside: boolean
  /** To another conversation, such as a branch of this one; to a turn of it. */
  goTo: (sessionId: string, turn?: string) => Promise<void>
  /** To one that has not begun. */
  startAnother: () => void
}

const Context = createContext<ChatPlace | undefined>(undefined)

export const ChatPlaceScope = Context.Provider

export function useChatPlace(): ChatPlace {
  const given = use(Context)
  const navigate = useNavigate()
  return useMemo(
    () =>
      given ?? {
        isBeside: false,
        goTo: (sessionId, turn) =>
          navigate({ to: '/chat/$sessionId', params: { sessionId }, search: turn ? { turn } : {} }),
        startAnother: () => void navigate({ to: '/chat' }),
      },
    [given, navigate],
  )
}
