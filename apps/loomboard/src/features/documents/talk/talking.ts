import type { EditDocument } from '../use-edit-document.ts'
import type { Names } from './names.ts'

/** What all that is said about a card has in common. */
export interface Talking {
  documentId: string
  cardId: string
  editing: EditDocument
  names: Names
  self: string | undefined
  now: number
  /** The conversation of a run, where it is known. */
  sessionOf: (runId: string) => string | undefined
}
