import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'
import { word } from './-library-search.ts'

interface Search {
  /** A folder of it. */
  path?: string
  /** A file of it. */
  file?: string
}

export const Route = createFileRoute('/volumes/$name')({
  validateSearch: ({ path, file }): Search => ({ path: word(path), file: word(file) }),
  component: libraryPage('Volume'),
})
