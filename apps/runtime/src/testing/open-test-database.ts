import { type Database, openDatabase } from '../ground/db/database.ts'
import { openPostgres } from '../ground/db/postgres/postgres-database.ts'
import { releaseDatabase, takeDatabase } from './postgres/databases.ts'

/** Which store the tests run on. */
export const testStore = process.env.LOOMCYCLE_TEST_STORE === 'postgres' ? 'postgres' : 'sqlite'

/** Of which there is a row for each chunk that is found by its words. */
export const chunkIndex = testStore === 'postgres' ? 'chunk_fts' : 'chunk_fts_docsize'

/** The database of a test, by the file it is, or would be. */
export async function openTestDatabase(file: string): Promise<Database> {
  return testStore === 'sqlite'
    ? openDatabase(file)
    : openPostgres({ dsn: await takeDatabase(file), connections: { most: 8, idle: 0 } })
}

/** When the test is over, and the database closed. */
export async function releaseTestDatabase(file: string): Promise<void> {
  if (testStore === 'postgres') await releaseDatabase(file)
}
