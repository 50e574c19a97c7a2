import type { KyselyPlugin } from 'kysely'
import type { Database } from '../ground/db/database.ts'

/** A database that counts the statements of each transaction, and tells when one is over. */
export function counting(db: Database, onTransaction: () => Promise<void> = async () => {}) {
  const transactions: number[] = []
  const database: Database = {
    ...db,
    async transaction(work) {
      let statements = 0
      const plugin: KyselyPlugin = {
        transformQuery: ({ node }) => node,
        async transformResult({ result }) {
          statements++
          return result
        },
      }
      const result = await db.transaction((tx) => work(tx.withPlugin(plugin)))
      transactions.push(statements)
      await onTransaction()
      return result
    },
  }
  return { database, transactions }
}
