import { createFileRoute } from '@tanstack/react-router'
import { conversationOf } from '../features/chat/conversations.ts'

/** Code and log are fetched side by side; hovering over a link fetches the code alone. */
export const Route = createFileRoute('/chat/$sessionId')({
  loader: ({ params, cause }) => {
    void import('../features/chat/components/transcript.tsx')
    if (cause !== 'preload') void conversationOf(params.sessionId).open()
  },
})
