import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { fold } from '@loomcycle/proto/wire'

/** What our SQL asks for that SQLite does not have. */
export function provideFunctions(db: DatabaseSync) {
  // Whether all of these, folded and in a JSON list, occur in one of the texts before them each.
  let listed = ''
  let words: string[] = []
  db.function('has_words', { deterministic: true, varargs: true }, (list: SQLInputValue, ...texts: SQLInputValue[]) => {
    if (list !== listed) {
      listed = String(list)
      words = JSON.parse(listed) as string[]
    }
    const folded = texts.flatMap((text) => (typeof text === 'string' ? [fold(text)] : []))
    return words.every((word) => folded.some((text) => text.includes(word))) ? 1 : 0
  })
}
