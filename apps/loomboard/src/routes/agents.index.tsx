import { createFileRoute } from '@tanstack/react-router'
import { type Shelf, shelves } from '../features/agents/model/shelves.ts'
import { libraryPage } from './-library-page.ts'

interface Search {
  /** Words that are searched for. */
  q?: string
  shelf?: Shelf
  /** A new one is being written. */
  create?: boolean
  /** The version that it is made out of. */
  from?: string
}

export const Route = createFileRoute('/agents/')({
  validateSearch: ({ q, shelf, create, from }): Search => ({
    q: q === undefined || q === '' ? undefined : String(q),
    shelf: shelves.find((known) => known === shelf),
    create: create === true ? true : undefined,
    from: typeof from === 'string' ? from : undefined,
  }),
  component: libraryPage('Agents'),
})
