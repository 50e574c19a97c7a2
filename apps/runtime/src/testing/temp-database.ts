import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Database } from '../ground/db/database.ts'
import { openTestDatabase, releaseTestDatabase } from './open-test-database.ts'

/** A real database in a folder of its own, gone when the test is over. */
export async function tempDatabase(): Promise<Database> {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-test-'))
  const file = join(dir, 'loomcycle.db')
  const db = await openTestDatabase(file)
  onTestFinished(async () => {
    await db.close()
    await releaseTestDatabase(file)
    rmSync(dir, { recursive: true, force: true })
  })
  return db
}
