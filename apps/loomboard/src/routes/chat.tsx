import { createFileRoute, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { ChatScreen } from '../features/chat/components/chat-screen.tsx'

/** One component for new and stored conversations: learning its address does not remount what a person looks at. */
export const Route = createFileRoute('/chat')({ component: ChatRoute })

function ChatRoute() {
  const { sessionId } = useParams({ strict: false })
  const { turn, agent } = useSearch({ strict: false })
  const navigate = useNavigate()
  const onSession = useCallback(
    (id: string) => void navigate({ to: '/chat/$sessionId', params: { sessionId: id }, replace: true }),
    [navigate],
  )
  const onTurn = useCallback(
    (id: string) =>
      sessionId &&
      void navigate({ to: '/chat/$sessionId', params: { sessionId }, search: { turn: id }, replace: true }),
    [navigate, sessionId],
  )
  return <ChatScreen sessionId={sessionId} agent={agent} turn={turn} onSession={onSession} onTurn={onTurn} />
}
