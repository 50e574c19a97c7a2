import { foldInPlace } from '@loomcycle/proto/wire'
import type { Part } from '../types.ts'
import { toPlain } from './plain.ts'
import type { Row } from './rows.ts'
import { summariseInput } from './tool-summary.ts'

export interface Match {
  rowId: string
  /** Which of the row's matches, from 0. */
  nth: number
}

/** Nobody steps through more. */
export const mostMatches = 10_000

/** What a row shows, as far as it can be seen without opening anything. */
function rowText(row: Row): string {
  switch (row.kind) {
    case 'input':
      return row.turn.input?.text ?? ''
    case 'part':
      return partText(row.part)
    case 'activity':
      return row.parts
        .map((part) => (part.kind === 'tool' ? `${part.name}${summariseInput(part.name, part.input)}` : ''))
        .join('\n')
    case 'end':
      return ''
  }
}

function partText(part: Part): string {
  switch (part.kind) {
    case 'text':
      return toPlain(part.text)
    case 'notice':
    case 'error':
      return part.text
    case 'question':
      return part.question
    default:
      return ''
  }
}

/** Spaces, case, width and accents make no difference; every character stays in its place. */
export function toFound(text: string): string {
  return foldInPlace(text).replace(/\s/g, ' ')
}

const folded = new WeakMap<Row, string>()

function foldedText(row: Row): string {
  let text = folded.get(row)
  if (text === undefined) folded.set(row, (text = toFound(rowText(row))))
  return text
}

/** Where the words stand, top to bottom. */
export function findMatches(rows: readonly Row[], query: string): Match[] {
  const wanted = toFound(query)
  const matches: Match[] = []
  if (wanted.trim() === '') return matches
  for (const row of rows) {
    const text = foldedText(row)
    let nth = 0
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      if (matches.length >= mostMatches) return matches
      matches.push({ rowId: row.id, nth: nth++ })
    }
  }
  return matches
}
