import { createStore } from '../../../lib/browser/store.ts'
import { tabDrafts } from '../../../lib/browser/tab-drafts.ts'
import type { NewComment } from './comment.ts'

/** Why words came back to the field they were written in, by its name. */
const returned = createStore<ReadonlyMap<string, { text: string; reason: string }>>(new Map())

const keyOf = (field: string) => `loomboard.comment.${field}`

/** The field that a comment was written in: that of its card, or that of the thread it answers in. */
function fieldOf({ cardId, replyTo }: Pick<NewComment, 'cardId' | 'replyTo'>): string {
  return replyTo ?? cardId
}

/** What is typed about chunks and not said yet. */
export const commentDrafts = {
  returned,
  read(field: string): string {
    return tabDrafts.read(keyOf(field))
  },
  write(field: string, text: string): void {
    tabDrafts.write(keyOf(field), text)
  },
  /** It was refused: its words are in its field again, before what was typed there since. */
  giveBack(comment: NewComment, reason: string): void {
    const field = fieldOf(comment)
    const typed = tabDrafts.read(keyOf(field))
    const text = typed.trim() === '' ? comment.body : `${comment.body}\n\n${typed}`
    tabDrafts.write(keyOf(field), text)
    returned.set(new Map([...returned.get(), [field, { text, reason }]]))
  },
  /** The field has them. */
  took(field: string): void {
    returned.set(new Map([...returned.get()].filter(([name]) => name !== field)))
  },
}
