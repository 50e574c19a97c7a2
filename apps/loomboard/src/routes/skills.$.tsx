import { createFileRoute } from '@tanstack/react-router'
import { libraryPage } from './-library-page.ts'

interface Search {
  /** The version that is being written on; `configured` for what is configured. */
  edit?: string
  /** Two versions, `from..to`. */
  compare?: string
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** The names of skills have slashes in them. */
export const Route = createFileRoute('/skills/$')({
  validateSearch: ({ edit, compare }): Search => ({ edit: text(edit), compare: text(compare) }),
  component: libraryPage('Skill'),
})
