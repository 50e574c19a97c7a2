import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { type Database, openDatabase } from './database.ts'
import type { Guard } from './health/store-watch.ts'
import { prepare } from './postgres/migrator.ts'
import { openPostgres } from './postgres/postgres-database.ts'

export interface StoreDependencies {
  /** Of the data directory. */
  guards: readonly Guard[]
  telemetry: Pick<Telemetry, 'log'>
}

export const databaseFile = (dataDir: string) => join(dataDir, 'loomcycle.db')

/** The one that is configured, up to date. */
export async function openStore(
  { dataDir, upgradeCopy, storage }: Pick<Config, 'dataDir' | 'upgradeCopy' | 'storage'>,
  { guards, telemetry }: StoreDependencies,
): Promise<Database> {
  const { pgDsn: dsn } = storage
  if (storage.backend === 'postgres' && dsn) {
    await prepare(dsn, storage.pgAutomigrate)
    return openPostgres({ dsn, connections: { most: storage.pgMaxOpenConns, idle: storage.pgMinIdleConns }, telemetry })
  }
  return openDatabase(databaseFile(dataDir), {
    guards,
    telemetry,
    keepCopy: upgradeCopy,
    onCopy: (copy) => telemetry.log('info', `the database as it was before this upgrade is kept in ${copy}`),
  })
}
