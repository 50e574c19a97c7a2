import { humanName } from './field-chips.ts'
import type { OutlineChunk } from './outline.ts'

/** Whether a chunk is done: nothing of it is overdue any more. */
export type IsDone = (chunk: Pick<OutlineChunk, 'status' | 'fields'>) => boolean

const doneWords =
  /^(?:done|posted|published|released|shipped|closed|completed?|finished|reached|resolved|cancell?ed|archived|dropped)$/i

/** Whether a word says by itself that something is done. */
export function saysDone(word: string | undefined): boolean {
  return doneWords.test(word ?? '')
}

/**
 * The one rule: a ticked field that says so (reached, due complete), what the board says of the column of its status,
 * or else the word of the status.
 */
export function toIsDone(board: { readonly columns?: unknown } | undefined): IsDone {
  const columns = new Map<string, boolean>()
  for (const column of Array.isArray(board?.columns) ? board.columns : []) {
    if (typeof column?.status === 'string' && typeof column.done === 'boolean') columns.set(column.status, column.done)
  }
  return ({ status = '', fields }) => isTicked(fields) || (columns.get(status) ?? saysDone(status))
}

function isTicked(fields: OutlineChunk['fields']): boolean {
  return Object.entries(fields ?? {}).some(([name, value]) => value === true && namesDone(name))
}

function namesDone(name: string): boolean {
  return saysDone(humanName(name).replace(/^(?:is|due) /i, ''))
}
