import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../ground/db/database.ts'

/** A real database in a folder of its own, gone when the test is over. */
export async function tempDatabase(): Promise<Database> {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-test-'))
  const db = await openDatabase(join(dir, 'loomcycle.db'))
  onTestFinished(async () => {
    await db.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return db
}
