import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { parseSearch } from './-library-search.ts'

/** The names of skills have slashes in them. */
export const Route = createFileRoute('/skills/$')({ validateSearch: parseSearch, component: libraryPage('Skill') })
