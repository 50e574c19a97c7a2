import { it } from 'vitest'
import { testStore } from './open-test-database.ts'

/** A test of how SQLite goes about something: its plans, its files. */
export const onSqlite = it.skipIf(testStore !== 'sqlite')
/** A test of what only Postgres has. */
export const onPostgres = it.skipIf(testStore !== 'postgres')
