import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { parseSearch } from './-library-search.ts'

/** The names of teams have slashes in them. */
export const Route = createFileRoute('/teams/$')({ validateSearch: parseSearch, component: libraryPage('Team') })
