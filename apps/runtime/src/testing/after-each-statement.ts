import type { Kysely, KyselyPlugin } from 'kysely'

/** Has something done after every statement that goes through it. */
export function afterEachStatement<T>(db: Kysely<T>, after: () => void): Kysely<T> {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      after()
      return result
    },
  }
  return db.withPlugin(plugin)
}
