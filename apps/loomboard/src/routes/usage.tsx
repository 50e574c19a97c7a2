import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { parseSearch } from './-library-search.ts'

export const Route = createFileRoute('/usage')({ validateSearch: parseSearch, component: libraryPage('Usage') })
