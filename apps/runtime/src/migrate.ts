import { existsSync } from 'node:fs'
import type { Command } from './command-line.ts'
import { takeDataDir } from './data-dir.ts'
import { type Config, ConfigError } from './ground/config/config.ts'
import { openDatabase } from './ground/db/database.ts'
import { migrationsOf } from './ground/db/migrator.ts'
import { databaseFile } from './ground/db/open-store.ts'
import { migrate, migrationState } from './ground/db/postgres/migrator.ts'
import { MoveError, moveFromSqlite } from './ground/db/postgres/moving/move-from-sqlite.ts'

export type MigrateCommand = Extract<Command, `migrate ${string}`>

/** Does it and tells each step. Says whether the database is as this version has it. */
export async function runMigrate(
  command: MigrateCommand,
  config: Config,
  tell: (line: string) => void,
): Promise<boolean> {
  if (command === 'migrate status') return tellStatus(config, tell)
  if (command === 'migrate up') await bringUp(config, tell)
  else await move(config, tell)
  return true
}

async function tellStatus({ dataDir, storage }: Config, tell: (line: string) => void): Promise<boolean> {
  const file = databaseFile(dataDir)
  const { done, missing } =
    storage.pgDsn && storage.backend === 'postgres' ? await migrationState(storage.pgDsn) : migrationsOf(file)
  for (const name of done) tell(`done     ${name}`)
  for (const name of missing) tell(`missing  ${name}`)
  tell(missing.length === 0 ? 'The database is up to date.' : 'Run loomcycle migrate up to do what is missing.')
  return missing.length === 0
}

async function bringUp(config: Config, tell: (line: string) => void) {
  const { storage } = config
  if (storage.backend === 'postgres' && storage.pgDsn) {
    for (const name of await migrate(storage.pgDsn)) tell(`done     ${name}`)
  } else {
    await withDataDir(config, () => upgradeFile(config, tell))
  }
  tell('The database is up to date.')
}

async function move(config: Config, tell: (line: string) => void) {
  const { dataDir, storage } = config
  const dsn = storage.pgDsn
  const file = databaseFile(dataDir)
  if (!dsn)
    throw new ConfigError(
      'Set LOOMCYCLE_STORAGE_BACKEND=postgres, and LOOMCYCLE_PG_DSN to the empty database that everything is to be moved to.',
    )
  if (!existsSync(file))
    throw new ConfigError(`There is no database in ${dataDir}; set LOOMCYCLE_DATA_DIR to where it is.`)
  await withDataDir(config, async () => {
    // One of an earlier version has other tables.
    await upgradeFile(config, tell)
    try {
      const moved = await moveFromSqlite({
        file,
        dsn,
        onTable: ({ table, rows }) => tell(`${String(rows).padStart(10)}  ${table}`),
      })
      const rows = moved.reduce((sum, one) => sum + one.rows, 0)
      tell(
        `${rows} rows were moved and compared. A start with these settings goes on with them; what is in the data directory stays as it is.`,
      )
    } catch (error) {
      throw error instanceof MoveError ? new ConfigError(`Nothing more was moved: ${error.message}.`) : error
    }
  })
}

async function upgradeFile({ dataDir, upgradeCopy }: Config, tell: (line: string) => void) {
  const db = await openDatabase(databaseFile(dataDir), {
    keepCopy: upgradeCopy,
    onCopy: (copy) => tell(`The database as it was is kept in ${copy}.`),
  })
  await db.close()
}

/** Nobody else uses it meanwhile. */
async function withDataDir(config: Config, work: () => Promise<void>) {
  const lock = takeDataDir(config)
  try {
    await work()
  } finally {
    lock.release()
  }
}
