import { createFileRoute } from '@tanstack/react-router'
import { transcriptPart } from '../features/chat/components/transcript/transcript-part.ts'
import { conversationOf } from '../features/chat/conversations.ts'

/** Code and log are fetched side by side; hovering over a link fetches the code alone. */
export const Route = createFileRoute('/chat/$sessionId')({
  validateSearch: ({ turn }): { turn?: string } => ({ turn: typeof turn === 'string' ? turn : undefined }),
  loader: ({ params, cause }) => {
    transcriptPart.load().catch(() => {})
    if (cause !== 'preload') void conversationOf(params.sessionId).open()
  },
})
