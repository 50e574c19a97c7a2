import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { SqlRows } from './messages.ts'
import { fromSql, sizeOf } from './values.ts'

export interface RowLimits {
  maxRows: number
  maxBytes: number
}

/** What a statement answers, as much as there may be of it. One that changes something is still run to its end. */
export function readRows(
  prepared: StatementSync,
  values: readonly SQLInputValue[],
  { maxRows, maxBytes }: RowLimits,
  toItsEnd: boolean,
): SqlRows {
  prepared.setReturnArrays(true)
  const columns = prepared.columns().map(({ name }) => name)
  const rows: unknown[][] = []
  let truncated = false
  let bytes = 0
  for (const row of prepared.iterate(...values) as Iterable<unknown> as Iterable<SQLOutputValue[]>) {
    if (truncated) continue
    const read = row.map(fromSql)
    bytes += read.reduce((sum: number, value) => sum + sizeOf(value), 0)
    truncated = rows.length === maxRows || bytes > maxBytes
    if (!truncated) rows.push(read)
    else if (!toItsEnd) break
  }
  return { columns, rows, truncated }
}
