import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'

export const Route = createFileRoute('/models')({ component: libraryPage('Models') })
