import { type Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Asker } from './asker-line.ts'
import { kyselyAsking } from './asking-dialect.ts'
import type { ReadingThread } from './reading-thread.ts'
import type { Schema } from './schema/index.ts'

/** Statements are written as for the connection of this thread, and asked of the reading thread. */
export function kyselyAside(thread: ReadingThread, asker: Asker): Kysely<Schema> {
  return kyselyAsking(async (sql, parameters) => ({ rows: await thread.ask({ sql, parameters }, asker) }), {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  })
}
