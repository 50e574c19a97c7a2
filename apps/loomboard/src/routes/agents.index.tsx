import { createFileRoute } from '@tanstack/react-router'
import { type Shelf, shelves } from '../features/agents/model/shelves.ts'
import { libraryPage } from './-library-page.ts'
import { type AllSearch, parseAll } from './-library-search.ts'

interface Search extends AllSearch {
  shelf?: Shelf
}

export const Route = createFileRoute('/agents/')({
  validateSearch: (asked): Search => ({
    ...parseAll(asked),
    shelf: shelves.find((known) => known === asked.shelf),
  }),
  component: libraryPage('Agents'),
})
