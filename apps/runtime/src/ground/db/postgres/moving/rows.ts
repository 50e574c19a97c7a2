import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type pg from 'pg'
import { toParameter } from '../client.ts'
import { type Column, quoted, type Table } from './tables.ts'

export type Row = readonly unknown[]

export interface Page {
  rows: Row[]
  /** The key of the last one as that database has it, by which its next page is found; undefined where there was none. */
  last: Row | undefined
}

const rowsAtOnce = 500
/** Of a page; one row may be larger. */
const bytesAtOnce = 8 * 1024 * 1024

/** Rows of the source behind a key, in the order of its keys, as the target takes them. */
export function sourceRows(source: DatabaseSync, { name, columns, key }: Table, after: Row | undefined): Page {
  const keys = key.map(quoted).join(', ')
  const behind = after ? `where (${keys}) > (${key.map(() => '?').join(', ')})` : ''
  const names = columns.map((column) => quoted(column.name)).join(', ')
  const statement = source.prepare(
    `select ${names} from ${quoted(name)} ${behind} order by ${keys} limit ${rowsAtOnce}`,
  )
  const rows: Row[] = []
  let last: Row | undefined
  let bytes = 0
  for (const row of statement.iterate(...((after ?? []) as SQLInputValue[]))) {
    const values = columns.map((column) => asTarget(row[column.name], column))
    rows.push(values)
    last = key.map((column) => row[column])
    bytes += values.reduce((sum: number, value) => sum + sizeOf(value), 0)
    if (bytes >= bytesAtOnce) break
  }
  return { rows, last }
}

/** The same of the target. */
export async function targetRows(
  target: pg.ClientBase,
  { name, columns, key }: Table,
  after: Row | undefined,
): Promise<Page> {
  const keys = key.map(quoted).join(', ')
  const behind = after ? `where (${keys}) > (${key.map((_, at) => `$${at + 1}`).join(', ')})` : ''
  const names = columns.map((column) => quoted(column.name)).join(', ')
  const { rows } = await target.query<Record<string, unknown>>(
    `select ${names} from ${quoted(name)} ${behind} order by ${keys} limit ${rowsAtOnce}`,
    [...(after ?? [])],
  )
  const last = rows.at(-1)
  return {
    rows: rows.map((row) => columns.map((column) => row[column.name])),
    last: last && key.map((column) => last[column]),
  }
}

export async function insertRows(target: pg.ClientBase, { name, columns }: Table, rows: readonly Row[]) {
  const names = columns.map((column) => quoted(column.name)).join(', ')
  const lists = columns.map(({ type }, at) => `$${at + 1}::${type}[]`).join(', ')
  await target.query(
    `insert into ${quoted(name)} (${names}) select * from unnest(${lists})`,
    columns.map((_, at) => rows.map((row) => row[at])),
  )
}

/** SQLite keeps any number in a column of whole ones, a text in one of bytes, and any character in a text. */
function asTarget(value: unknown, { type }: Column): unknown {
  if (typeof value === 'number' && type === 'bigint') return Math.trunc(value)
  return toParameter(type === 'bytea' && typeof value === 'string' ? Buffer.from(value) : value)
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8
}
