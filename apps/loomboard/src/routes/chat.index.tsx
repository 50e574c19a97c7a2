import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/chat/')({
  /** Whom the new chat is with. */
  validateSearch: ({ agent }): { agent?: string } => ({ agent: typeof agent === 'string' ? agent : undefined }),
})
