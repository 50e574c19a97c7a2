import { Connection } from '../../apps/runtime/src/ground/db/node-sqlite.ts'
import { tablesOf } from './database-at.ts'

/** Everything in a database that a migration may change, to be compared with another one's. */
export interface Contents {
  schema: unknown
  migrations: unknown
  rows: Record<string, unknown[]>
  /** What SQLite itself has against it. */
  problems: unknown[]
}

export function contentsOf(file: string): Contents {
  const connection = new Connection(file, { readOnly: true })
  const all = (sql: string) => connection.prepare(sql).all()
  try {
    return {
      schema: all(`select type, name, sql from sqlite_master order by type, name`),
      migrations: all('select name from kysely_migration order by name'),
      rows: Object.fromEntries(tablesOf(connection).map((table) => [table, all(`select * from ${table}`).map(sorted)])),
      problems: [...all('PRAGMA foreign_key_check'), ...all('PRAGMA integrity_check')],
    }
  } finally {
    connection.close()
  }
}

function sorted(row: unknown): string {
  return JSON.stringify(Object.entries(row as object).sort(([a], [b]) => (a < b ? -1 : 1)))
}
