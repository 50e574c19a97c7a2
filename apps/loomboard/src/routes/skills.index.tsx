import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'

interface Search {
  /** Words that are searched for. */
  q?: string
  /** A new one is being written. */
  create?: boolean
  /** The version that it is made out of. */
  from?: string
}

export const Route = createFileRoute('/skills/')({
  validateSearch: ({ q, create, from }): Search => ({
    q: q === undefined || q === '' ? undefined : String(q),
    create: create === true ? true : undefined,
    from: typeof from === 'string' ? from : undefined,
  }),
  component: libraryPage('Skills'),
})
