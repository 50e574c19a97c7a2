import { closeSync, openSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import type { Database } from '../ground/db/database.ts'

/** Has SQLite itself refuse every write from now on, as on a read-only disk; the returned function ends that. */
export async function refuseWrites(db: Database): Promise<() => Promise<void>> {
  await sql`PRAGMA query_only = 1`.execute(db.sql)
  return async () => {
    await sql`PRAGMA query_only = 0`.execute(db.sql)
  }
}

/** Overwrites the first page of a table, as a failing disk might. For a file that nobody has open. */
export function damage(file: string, table: string) {
  const db = new DatabaseSync(file)
  const { rootpage } = db.prepare('select rootpage from sqlite_master where name = ?').get(table) as {
    rootpage: number
  }
  const { page_size } = db.prepare('PRAGMA page_size').get() as { page_size: number }
  db.close()
  const opened = openSync(file, 'r+')
  writeSync(opened, Buffer.alloc(page_size, 0x5a), 0, page_size, (rootpage - 1) * page_size)
  closeSync(opened)
}
