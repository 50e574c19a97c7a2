import { foldInPlace } from '@loomcycle/proto/wire'
import type { Term } from './terms.ts'

const length = 200
const before = 50

/** The part of a text where the first of the terms occurs, or else its beginning; on one line. */
export function excerpt(text: string, terms: readonly Term[]): string {
  const flat = text.toWellFormed().replace(/\s+/g, ' ').trim()
  const searched = foldInPlace(flat)
  const places = terms.map((term) => searched.indexOf(term.text)).filter((at) => at >= 0)
  const from = places.length === 0 ? 0 : wholeBefore(flat, Math.max(0, Math.min(...places) - before))
  const to = wholeBefore(flat, from + length)
  return `${from > 0 ? '…' : ''}${flat.slice(from, to).trim()}${to < flat.length ? '…' : ''}`
}

/** Never inside of a character. */
function wholeBefore(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : Math.min(at, text.length)
}
