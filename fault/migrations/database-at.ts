import { lastInPieces, migrations, runMigrations } from '../../apps/runtime/src/ground/db/migrator.ts'
import { Connection, kyselyOver } from '../../apps/runtime/src/ground/db/node-sqlite.ts'

export const migrationNames: readonly string[] = Object.keys(migrations)
/** Of the migrations of which a version may have left a half. */
export const versionsInPieces = migrationNames.flatMap((name, version) => (name <= lastInPieces ? [version] : []))

/** Makes a database as the version with so many migrations left it, with rows in each of its tables, or in these. */
export async function makeDatabaseAt(file: string, version: number, tables?: readonly string[]): Promise<void> {
  const connection = new Connection(file, { readOnly: false })
  if (version > 0) {
    await runMigrations(
      connection,
      kyselyOver(connection),
      Object.fromEntries(Object.entries(migrations).slice(0, version)),
    )
    fill(connection, tables ?? tablesOf(connection))
  }
  connection.close()
}

interface Column {
  name: string
  type: string
}

/** Every text is `x1` or `x2` and every number 1 or 2, so whatever refers to a row finds one. */
function fill(connection: Connection, tables: readonly string[]) {
  connection.exec('PRAGMA foreign_keys = OFF')
  for (const table of tables) {
    const columns = connection.prepare(`select name, type from pragma_table_info('${table}')`).all() as Column[]
    const names = columns.map(({ name }) => name).join(', ')
    const marks = columns.map(() => '?').join(', ')
    for (const n of [1, 2]) {
      const values = columns.map(({ type }) => (type === 'INTEGER' || type === 'REAL' ? n : `x${n}`))
      connection.prepare(`insert or ignore into ${table} (${names}) values (${marks})`).run(values)
    }
  }
  connection.exec('PRAGMA foreign_keys = ON')
}

/** Those with rows of their own; what a full-text index keeps its words in is reached through it. */
export function tablesOf(connection: Connection): string[] {
  const rows = connection
    .prepare(`select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') order by name`)
    .all() as { name: string }[]
  return rows.map(({ name }) => name).filter((name) => !/^(sqlite|kysely)_/.test(name))
}
