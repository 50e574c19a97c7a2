import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { type Ask, kyselyAsking } from '../asking-dialect.ts'

/** Queries written for Postgres, asked of whoever takes them: a pool, or the connection of a transaction. */
export const kyselyOver = (ask: Ask) =>
  kyselyAsking(ask, {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  })
