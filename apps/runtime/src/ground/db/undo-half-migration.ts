import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { Connection, kyselyOver } from './node-sqlite.ts'

interface Thing {
  type: string
  name: string
  sql: string
}

interface Shape {
  things: Thing[]
  /** As `table.column`. */
  columns: Map<string, { table: string; column: string }>
}

/** Before what they are made on. */
const order = ['trigger', 'view', 'index', 'virtual table', 'table']

/**
 * Earlier versions wrote a migration statement by statement, so a process that was killed left a part of it, and no note
 * that it had begun. Takes that part away: no process ever worked with it, and whatever a migration fills its own new
 * tables and columns with, it reads from older ones that are still there.
 * `steps` are all migrations up to the first one that is not noted, this one included.
 */
export async function undoHalfMigration(connection: Connection, steps: readonly Migration[]): Promise<void> {
  const there = shapeOf(connection)
  if (there.things.length === 0) return
  const memory = new Connection(':memory:', { readOnly: false })
  const db = kyselyOver(memory) as Kysely<unknown>
  const before = await shapeAfter(memory, db, steps.slice(0, -1))
  const whole = await shapeAfter(memory, db, steps.slice(-1))
  memory.close()

  const had = new Set(before.things.map(({ name }) => name))
  const made = new Map(whole.things.map(({ name, sql }) => [name, sql]))
  // Something of that name that was made otherwise is somebody else's.
  const left = there.things.filter(({ name, sql }) => !had.has(name) && made.get(name) === sql)
  const leftTables = new Set(left.map(({ name }) => name))
  const leftColumns = [...there.columns].filter(
    ([key, { table }]) => whole.columns.has(key) && !before.columns.has(key) && !leftTables.has(table),
  )
  if (left.length === 0 && leftColumns.length === 0) return

  connection.exec('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE')
  try {
    for (const { type, name } of left.sort((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)))) {
      connection.exec(`DROP ${type} IF EXISTS "${name}"`)
    }
    for (const [, { table, column }] of leftColumns) connection.exec(`ALTER TABLE "${table}" DROP COLUMN "${column}"`)
    connection.exec('COMMIT')
  } catch (error) {
    connection.rollback()
    throw error
  } finally {
    connection.exec('PRAGMA foreign_keys = ON')
  }
}

async function shapeAfter(connection: Connection, db: Kysely<unknown>, steps: readonly Migration[]): Promise<Shape> {
  for (const step of steps) await step.up(db)
  return shapeOf(connection)
}

function shapeOf(connection: Connection): Shape {
  const things = connection
    .prepare(
      `select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite\\_%' escape '\\'
        and name not like 'kysely\\_%' escape '\\'`,
    )
    .all() as Thing[]
  const columns = connection
    .prepare(
      `select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c
        where m.type = 'table' and m.sql not like 'create virtual%'`,
    )
    .all() as { table: string; column: string }[]
  return { things, columns: new Map(columns.map((each) => [`${each.table}.${each.column}`, each])) }
}

function kindOf({ type, sql }: Thing): string {
  return /^create virtual/i.test(sql) ? 'virtual table' : type
}
