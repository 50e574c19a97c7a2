import { createHash } from 'node:crypto'
import { keyOf, type Row } from './rows.ts'
import type { Table } from './tables.ts'

export interface Digest {
  rows: number
  sha256: string
}

/** Of all rows of a table in the order of their keys. */
export async function digestOf(
  table: Table,
  page: (after: Row | undefined) => Row[] | Promise<Row[]>,
): Promise<Digest> {
  const hash = createHash('sha256')
  let rows = 0
  for (let after: Row | undefined; ; ) {
    const some = await page(after)
    if (some.length === 0) return { rows, sha256: hash.digest('hex') }
    for (const row of some) hash.update(JSON.stringify(row.map(shown))).update('\n')
    rows += some.length
    after = keyOf(table, some.at(-1)!)
  }
}

function shown(value: unknown): unknown {
  return Buffer.isBuffer(value) ? { bytes: value.toString('base64') } : (value ?? null)
}
