import type { BoardColumn } from '@loomcycle/client'

type Columns = readonly BoardColumn[]

/** The columns with one of them set up anew; one that was not there comes last. */
export function withColumn(columns: Columns, column: BoardColumn): Columns {
  const known = columns.some(({ status }) => status === column.status)
  return known ? columns.map((each) => (each.status === column.status ? column : each)) : [...columns, column]
}

/** The columns with one of them a place further. */
export function withMoved(columns: Columns, status: string, by: -1 | 1): Columns {
  const at = columns.findIndex((column) => column.status === status)
  const column = columns[at]
  if (!column || at + by < 0 || at + by >= columns.length) return columns
  return columns.toSpliced(at, 1).toSpliced(at + by, 0, column)
}

/** The columns without one: its cards keep their status, and stand in a column of their own at the end. */
export function withoutColumn(columns: Columns, status: string): Columns {
  return columns.filter((column) => column.status !== status)
}
