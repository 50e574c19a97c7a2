import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Clock, systemClock } from '../ground/clock.ts'
import type { SqlMemorySettings } from '../ground/config/config.ts'
import type { Database } from '../ground/db/database.ts'
import { createUserSql } from '../ground/sql-sandbox/create-user-sql.ts'
import type { UserSql } from '../ground/sql-sandbox/user-sql.ts'
import { testStore } from './open-test-database.ts'

const MiB = 1024 * 1024

export const usualSettings: SqlMemorySettings = {
  enabled: true,
  root: '',
  quotaBytes: 10_000_000,
  statementTimeoutMs: 20_000,
  maxRows: 100,
  maxBytes: 100_000,
  transactionTimeoutMs: 30_000,
  maxOpenTransactions: 16,
  maxTransactionDepth: 16,
  audit: 'full',
}

/** SQL of users and agents on the store that the tests run on, closed when the test is over. */
export function userSqlOver(
  { home }: Pick<Database, 'home'>,
  { clock = systemClock, ...settings }: Partial<SqlMemorySettings> & { clock?: Clock } = {},
): UserSql & { root: string } {
  const dataDir = mkdtempSync(join(tmpdir(), 'loomcycle-sql-'))
  const root = join(dataDir, 'sqlmem')
  const sql = createUserSql({
    clock,
    home,
    config: {
      dataDir,
      sqlMemory: { ...usualSettings, ...settings, root },
      sqlSandbox: { maxTotalBytes: 768 * MiB, snapshotMaxBytes: 1024 * MiB },
    },
  })
  onTestFinished(async () => {
    await sql.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { ...sql, root }
}

/** A statement with its places for values as the store writes them. */
export function placed(statement: string): string {
  let n = 0
  return testStore === 'postgres' ? statement.replaceAll('?', () => `$${++n}`) : statement
}
