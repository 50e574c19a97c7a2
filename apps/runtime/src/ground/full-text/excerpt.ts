import { cutText, foldInPlace } from '@loomcycle/proto/wire'
import type { Term } from './terms.ts'

const length = 200
const before = 50

/** The part of a text where the first of the terms occurs, or else its beginning; on one line. */
export function excerpt(text: string, terms: readonly Term[]): string {
  const flat = text.toWellFormed().replace(/\s+/g, ' ').trim()
  const searched = foldInPlace(flat)
  const places = terms.map((term) => searched.indexOf(term.text)).filter((at) => at >= 0)
  const from = places.length === 0 ? 0 : cutText(flat, Math.max(0, Math.min(...places) - before)).length
  const to = cutText(flat, from + length).length
  return `${from > 0 ? '…' : ''}${flat.slice(from, to).trim()}${to < flat.length ? '…' : ''}`
}
