import type { KyselyPlugin } from 'kysely'
import type { Database } from '../ground/db/database.ts'
import { StoreError } from '../ground/store-error.ts'

/** A database in which a transaction dies after so many of its statements, as if the process had been killed there. */
export function failingAfter(db: Database, statements: number): { database: Database; reached(): boolean } {
  let left = statements
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (left-- <= 0) throw new Error('killed')
      return result
    },
  }
  return {
    database: { ...db, transaction: (work) => db.transaction((tx) => work(tx.withPlugin(plugin))) },
    reached: () => left < 0,
  }
}

/** A database whose store fails when it is asked this. */
export function failingAt(db: Database, question: string): Database {
  return {
    ...db,
    async all(sql, parameters) {
      if (sql.includes(question)) throw new StoreError('disk I/O error', 'Try again once it can.')
      return db.all(sql, parameters)
    },
  }
}
