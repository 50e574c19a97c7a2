import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { parseAll } from './-library-search.ts'

export const Route = createFileRoute('/teams/')({ validateSearch: parseAll, component: libraryPage('Teams') })
