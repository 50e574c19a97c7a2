import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { DatabaseHome } from '../db/database.ts'
import { postgresSql } from './postgres/postgres-sql.ts'
import { createSqlSandbox } from './sql-sandbox.ts'
import { sqliteSql } from './sqlite-sql.ts'
import type { UserSql } from './user-sql.ts'

/** SQL of users and agents, on the kind of database that the runtime itself is on. */
export function createUserSql({
  clock,
  home,
  config: { dataDir, sqlMemory, sqlSandbox },
}: {
  clock: Clock
  home: DatabaseHome
  config: Pick<Config, 'dataDir' | 'sqlMemory' | 'sqlSandbox'>
}): UserSql {
  const maxReserved = sqlMemory.maxOpenTransactions
  if ('dsn' in home) {
    return postgresSql({
      clock,
      dsn: home.dsn,
      memoryDsn: sqlMemory.dsn,
      maxReserved,
      longestStatement: sqlMemory.statementTimeoutMs,
      longestPause: sqlMemory.transactionTimeoutMs,
    })
  }
  const sandbox = createSqlSandbox({
    clock,
    snapshotDir: join(dataDir, 'sql-snapshots'),
    snapshots: { maxBytes: sqlSandbox.snapshotMaxBytes },
    maxTotalBytes: sqlSandbox.maxTotalBytes,
    maxReserved,
  })
  return sqliteSql({ sandbox, root: sqlMemory.root, source: home.file })
}
