import { createHash } from 'node:crypto'
import { RuntimeError } from '@loomcycle/proto'
import { fitsInteger, parseJson } from './json.ts'

/**
 * What is read page by page: the name of the list, and whatever decides which rows are in it and how they are sorted.
 * How many are read at a time is no part of it.
 */
export type Listing = readonly [list: string, of: Readonly<Record<string, unknown>>]

/** What rows are sorted by. It goes out with a cursor, so it is made of what whoever reads the page may see. */
export type SortKey = readonly unknown[]

const version = 1

/** Points behind the row with this key. */
export function toCursor(listing: Listing, key: SortKey): string {
  return Buffer.from(JSON.stringify([version, nameOf(listing), key])).toString('base64url')
}

/**
 * The key a cursor points behind, of so many parts; undefined where there is none. Whatever else came with it is a place
 * in a list that is asked for with the rights of now, so one that somebody made up shows nobody anything.
 */
export function afterCursor(cursor: string | undefined, listing: Listing, parts: number): unknown[] | undefined {
  if (cursor === undefined || cursor === '') return undefined
  const read = parse(cursor)
  if (read?.[0] === version && read[1] === nameOf(listing)) {
    const key = read[2]
    if (Array.isArray(key) && key.length === parts && key.every(isSortValue)) return key
  }
  throw new RuntimeError(
    'invalid_cursor',
    'the cursor is not of this list; pass the next_cursor of a page that was asked for with the same filters and order, or none to begin again',
  )
}

/** One more row than a page has tells whether there is another. */
export function toPage<Row extends object>(
  found: readonly Row[],
  limit: number,
  listing: Listing,
  keyOf: (row: Row, next: Row) => SortKey,
): { rows: Row[]; next: { next_cursor?: string } } {
  const rows = found.slice(0, limit)
  const [last, next] = [rows.at(-1), found[limit]]
  return { rows, next: last && next ? { next_cursor: toCursor(listing, keyOf(last, next)) } : {} }
}

function nameOf(listing: Listing): string {
  return createHash('sha256').update(JSON.stringify(listing)).digest('base64url').slice(0, 16)
}

function parse(cursor: string): unknown[] | undefined {
  try {
    const value = parseJson(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isSortValue(part: unknown): boolean {
  return typeof part === 'bigint' ? fitsInteger(part) : typeof part === 'string' || typeof part === 'number'
}
