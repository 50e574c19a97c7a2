import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { parseSearch } from './-library-search.ts'

/** The names of agents have slashes in them. */
export const Route = createFileRoute('/agents/$')({ validateSearch: parseSearch, component: libraryPage('Agent') })
