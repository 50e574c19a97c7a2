import { fitsInteger, parseJson } from '../../../ground/json.ts'
import { ToolError } from '../../../ground/tool-error.ts'

/** What a page was sorted by; a cursor is no good for another order. */
interface Order {
  sort: string
  descending: boolean
}

/** Points behind the row with these sort values. */
export function toCursor({ sort, descending }: Order, key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([sort, descending, key])).toString('base64url')
}

export function afterCursor(cursor: string, order: Order): unknown[] {
  try {
    const [sort, descending, key] = parseJson(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const isKey = Array.isArray(key) && key.every(isSortValue)
    if (sort === order.sort && descending === order.descending && isKey) return key
  } catch {
    // Said below.
  }
  throw new ToolError('the cursor does not belong to this query; pass the next_cursor of a page with the same sort')
}

function isSortValue(part: unknown): boolean {
  return typeof part === 'bigint' ? fitsInteger(part) : typeof part === 'string' || typeof part === 'number'
}
