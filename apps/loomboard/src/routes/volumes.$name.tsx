import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'

interface Search {
  /** A folder of it. */
  path?: string
  /** A file of it. */
  file?: string
}

// An address that somebody typed has a name like 2026 as a number.
const text = (value: unknown) => (value === undefined || value === '' ? undefined : String(value))

export const Route = createFileRoute('/volumes/$name')({
  validateSearch: ({ path, file }): Search => ({ path: text(path), file: text(file) }),
  component: libraryPage('Volume'),
})
