import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { type AllSearch, parseAll } from './-library-search.ts'

interface Search extends AllSearch {
  /** What a new one is begun with. */
  start?: 'agent-teams'
}

export const Route = createFileRoute('/teams/')({
  validateSearch: (asked): Search => ({
    ...parseAll(asked),
    start: asked.start === 'agent-teams' ? asked.start : undefined,
  }),
  component: libraryPage('Teams'),
})
