import type { Database } from '../ground/db/database.ts'

/** A database whose process can die: from then on nothing it was asked for is answered, and nothing more is written. */
export function crashable(db: Database): { database: Database; crash(): Promise<void> } {
  let dead = false
  const never = new Promise<never>(() => {})
  const alive = <A extends unknown[], T>(work: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      if (dead) return never
      const result = await work(...args)
      return dead ? never : result
    }
  }
  return {
    database: {
      ...db,
      all: (sql, parameters) => alive(() => db.all<never>(sql, parameters))(),
      write: alive((statements, onCommit) =>
        db.write(statements, () => {
          if (!dead) onCommit?.()
        }),
      ),
      transaction: (work) => (dead ? never : db.transaction(work)),
    },
    async crash() {
      dead = true
      await db.close()
    },
  }
}
