import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { parseOne } from './-library-search.ts'

/** The names of agents have slashes in them. */
export const Route = createFileRoute('/agents/$')({ validateSearch: parseOne, component: libraryPage('Agent') })
