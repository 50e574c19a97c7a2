import { createHash } from 'node:crypto'
import type { Page, Row } from './rows.ts'

export interface Digest {
  rows: number
  /** Of each row one, laid over each other. */
  sha256: string
}

/** Of all rows of a table, in whatever order: keys that are stored otherwise are sorted otherwise. */
export async function digestOf(page: (after: Row | undefined) => Page | Promise<Page>): Promise<Digest> {
  const all = Buffer.alloc(32)
  let count = 0
  for (let after: Row | undefined; ; ) {
    const { rows, last } = await page(after)
    for (const row of rows) {
      const hash = createHash('sha256')
        .update(JSON.stringify(row.map(shown)))
        .digest()
      for (let at = 0; at < all.length; at++) all[at]! ^= hash[at]!
    }
    count += rows.length
    if (!last) return { rows: count, sha256: all.toString('hex') }
    after = last
  }
}

function shown(value: unknown): unknown {
  return Buffer.isBuffer(value) ? { bytes: value.toString('base64') } : (value ?? null)
}
