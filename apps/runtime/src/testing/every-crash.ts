import { expect } from 'vitest'
import type { Database } from '../ground/db/database.ts'
import { failingAfter } from './failing-database.ts'

/**
 * Has a process die after the first statement of what it attempts, then after the second, and so on until it gets to
 * the end: before that the tables are as they were, and then they are not.
 */
export async function everyCrash(
  db: Database,
  tables: readonly string[],
  attempt: (dying: Database) => Promise<unknown>,
): Promise<void> {
  const rows = async () =>
    JSON.stringify(await Promise.all(tables.map((table) => db.all(`select * from ${table}`, []))))
  const before = await rows()
  let statements = 0
  for (; ; statements++) {
    const failing = failingAfter(db, statements)
    const answer = await attempt(failing.database).catch((error: Error) => error)
    if (!failing.reached()) {
      expect(answer).not.toBeInstanceOf(Error)
      break
    }
    expect(answer).toMatchObject({ message: 'killed' })
    expect(await rows()).toBe(before)
  }
  expect(statements).toBeGreaterThan(1)
  expect(await rows()).not.toBe(before)
}
