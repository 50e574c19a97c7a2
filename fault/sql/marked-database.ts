import { DatabaseSync } from 'node:sqlite'

/** What must never be seen: a text and a number that stand in rows of others, in every column there is. */
export interface Mark {
  text: string
  number: number
  /** Rows for each of those others. */
  rows: number
}

export interface TableColumns {
  name: string
  columns: string[]
}

interface Column {
  name: string
  type: string
}

const others = 4
/** What is looked at as JSON. */
const json = new Set(['fields', 'payload', 'value', 'actor', 'detail', 'before', 'tags', 'options'])

/**
 * Puts rows of other users, other tenants and other places into every table that the schema has, so that a table which is
 * added is looked after as well. Columns of the same name have the same values in every table, so joins find each other.
 */
export function fillWithOthers(file: string, { text, number, rows }: Mark): void {
  const db = new DatabaseSync(file)
  db.exec('PRAGMA foreign_keys = OFF; BEGIN')
  for (const table of tableNames(db)) {
    const columns = columnsOf(db, table)
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const insert = db.prepare(
      `INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    const insertRow = (i: number, only?: number) =>
      insert.run(
        ...columns.map((column) => (column.name === 'id' && only ? only : markedValue(column, i, { text, number }))),
      )
    for (let i = 0; i < others * rows; i++) insertRow(i)
    // One that may have a single row, of one number.
    insertRow(0, 1)
    const { n } = db.prepare(`SELECT count(*) AS n FROM "${table}"`).get() as { n: number }
    if (n === 0) throw new Error(`no row of somebody else is in ${table}`)
  }
  db.exec('COMMIT')
  db.close()
}

function markedValue({ name, type }: Column, i: number, { text, number }: Pick<Mark, 'text' | 'number'>) {
  const marked = `${text}-${name}-${i}`
  if (name === 'tenant_id') return i % 2 ? 'default' : marked
  if (/INT|REAL|NUM/i.test(type)) return number + (name === 'place_id' || name === 'id' ? i % others : i)
  if (/BLOB/i.test(type)) return Buffer.from(marked)
  return json.has(name) ? JSON.stringify({ m: marked }) : marked
}

/** Everything that has a name in the file, with what can be read of it. */
export function schemaOf(file: string): TableColumns[] {
  const db = new DatabaseSync(file, { readOnly: true })
  const all = db.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").all() as { name: string }[]
  const found = all.map(({ name }) => ({ name, columns: columnsOf(db, name).map((column) => column.name) }))
  db.close()
  const schema = ['type', 'name', 'tbl_name', 'rootpage', 'sql']
  return [
    ...found,
    ...['sqlite_schema', 'sqlite_master', 'sqlite_temp_schema'].map((name) => ({ name, columns: schema })),
  ]
}

/** Those that are written to; full-text indexes write to their own. */
function tableNames(db: DatabaseSync): string[] {
  const all = db
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all() as {
    name: string
    sql: string
  }[]
  const virtual = all.filter(({ sql }) => /^CREATE VIRTUAL/i.test(sql)).map(({ name }) => `${name}_`)
  return all.map(({ name }) => name).filter((name) => !virtual.some((prefix) => name.startsWith(prefix)))
}

function columnsOf(db: DatabaseSync, table: string): Column[] {
  const all = db.prepare(`SELECT name, type, hidden FROM pragma_table_xinfo('${table}')`).all()
  return (all as unknown as (Column & { hidden: number })[]).filter(({ hidden }) => hidden === 0)
}
