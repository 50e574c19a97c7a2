import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished } from 'vitest'
import { onPostgres } from '../../testing/on-sqlite.ts'
import { ask } from '../../testing/postgres/ask.ts'
import { emptyDatabase } from '../../testing/postgres/databases.ts'
import { openDatabase } from './database.ts'
import { migrations } from './migrator.ts'
import { migrate, migrations as migrationsOfPostgres } from './postgres/migrator.ts'

/** What each store has in its own way, by `table.column`: notes of migrations, full text, a row that only stamps. */
const ofSqlite = /^(?:sqlite_\w+|kysely_migration\w*|chat_fts|chunk_fts)\./
// A table of SQLite has a `rowid` without saying so.
const ofPostgres =
  /^(?:(?:migrations|store_stamp|commit_ticks|write_turns|sql_secret|sql_views|chat_fts|chunk_fts)\.|interrupts\.rowid$)/

/** The last one of SQLite that the first of Postgres has taken in. */
const lastInBaseline = '070-usage'

async function columnsOfSqlite(): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'loomcycle.db')
  await (await openDatabase(file)).close()
  const db = new DatabaseSync(file, { readOnly: true })
  const rows = db
    .prepare(`select t.name as "table", c.name as "column" from pragma_table_list t, pragma_table_xinfo(t.name) c
      where t.schema = 'main' and t.type in ('table', 'virtual')`)
    .all()
  db.close()
  return namesIn(rows as unknown as Column[], ofSqlite)
}

async function columnsOfPostgres(): Promise<string[]> {
  const dsn = await emptyDatabase()
  await migrate(dsn)
  const rows = await ask<Column>(
    dsn,
    `select c.table_name as table, c.column_name as column from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where table_schema = 'public' and t.table_type = 'BASE TABLE'`,
  )
  return namesIn(rows, ofPostgres)
}

interface Column {
  table: string
  column: string
}

function namesIn(rows: readonly Column[], left: RegExp): string[] {
  return rows.map(({ table, column }) => `${table}.${column}`).filter((name) => !left.test(name))
}

onPostgres('both stores have the same tables, and these the same columns', async () => {
  const [sqlite, postgres] = [await columnsOfSqlite(), await columnsOfPostgres()]
  expect(sqlite.length).toBeGreaterThan(300)
  expect({
    missingInPostgres: sqlite.filter((name) => !postgres.includes(name)),
    missingInSqlite: postgres.filter((name) => !sqlite.includes(name)),
  }).toEqual({ missingInPostgres: [], missingInSqlite: [] })
})

onPostgres('what has been done to SQLite since is done to Postgres by a migration of the same name', () => {
  const since = Object.keys(migrations).filter((name) => name > lastInBaseline)
  expect(since.length).toBeGreaterThan(0)
  expect(since.filter((name) => !(name in migrationsOfPostgres))).toEqual([])
})
