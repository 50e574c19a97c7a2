import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { parseAll } from './-library-search.ts'

export const Route = createFileRoute('/skills/')({ validateSearch: parseAll, component: libraryPage('Skills') })
