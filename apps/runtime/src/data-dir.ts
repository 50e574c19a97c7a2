import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Config, ConfigError } from './ground/config/config.ts'
import { NoCopyError } from './ground/db/copy-before-upgrade.ts'
import { type DataDirLock, lockDataDir } from './ground/db/data-dir/data-dir-lock.ts'
import { keepPrivate } from './ground/db/data-dir/data-dir-modes.ts'
import { NewerDatabaseError } from './ground/db/migrator.ts'
import { postgresRefusal } from './ground/db/postgres/refusal.ts'
import { StoreError, storeError } from './ground/store-error.ts'

/** Makes the data directory this process's own, and nobody else's to read. */
export function takeDataDir({ dataDir, sqlMemory }: Config): DataDirLock {
  requireWritable(dataDir)
  keepPrivate(dataDir, sqlMemory.root)
  const lock = lockIt(dataDir)
  if (lock) return lock
  throw new ConfigError(
    `The data directory ${dataDir} is used by another loomcycle; stop that one or set LOOMCYCLE_DATA_DIR to another directory.`,
  )
}

/** What keeps the database from being used, and what to do about it; anything else stays what it is. */
export function databaseRefusal(error: unknown, { dataDir, storage }: Pick<Config, 'dataDir' | 'storage'>): unknown {
  if (storage.backend === 'postgres' && storage.pgDsn) {
    const refusal = error instanceof ConfigError ? undefined : postgresRefusal(error, storage.pgDsn)
    return refusal === undefined ? error : new ConfigError(refusal)
  }
  if (error instanceof NewerDatabaseError) {
    return new ConfigError(
      `The database in ${dataDir} was made by a newer loomcycle (${error.message}); start that one, or restore a backup from before it.`,
    )
  }
  const isCopy = error instanceof NoCopyError
  const cause = isCopy ? error.cause : error
  if (cause instanceof StoreError && cause.isDamage) {
    return new ConfigError(
      `The database in ${dataDir} is damaged (${cause.trouble}); restore a backup of that directory, or move it away to start with an empty one.`,
    )
  }
  if (isCopy) {
    return new ConfigError(
      `The copy of the database that is kept before an upgrade cannot be made in ${dataDir} (${error.message}); make room there for another file as large as the database, or set LOOMCYCLE_UPGRADE_COPY=0 to upgrade without a way back.`,
    )
  }
  if (cause instanceof StoreError) {
    return new ConfigError(
      `The database in ${dataDir} is out of service (${cause.trouble}); make sure that its disk has room and that loomcycle may write there, and start again.`,
    )
  }
  if ((error as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') return error
  return new ConfigError(
    `The database in ${dataDir} is not as any loomcycle leaves it (${(error as Error).message}); restore a backup of that directory.`,
  )
}

function lockIt(dataDir: string): DataDirLock | undefined {
  try {
    return lockDataDir(dataDir)
  } catch (error) {
    const { message } = error as Error
    const failure = storeError(error, 'written')
    const advice =
      failure instanceof StoreError && failure.isDamage
        ? 'see to it that no loomcycle uses that directory, remove its loomcycle.lock, which holds nothing, and start again.'
        : 'make sure that its disk has room and that loomcycle may write there, and start again.'
    throw new ConfigError(`The data directory ${dataDir} cannot be locked (${message}); ${advice}`)
  }
}

function requireWritable(dir: string) {
  try {
    makeDir(dir)
    if (!statSync(dir).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    accessSync(dir, constants.W_OK)
  } catch (error) {
    throw new ConfigError(
      `The data directory ${dir} cannot be written (${(error as NodeJS.ErrnoException).code}); set LOOMCYCLE_DATA_DIR to one that can.`,
    )
  }
}

/** Step by step: Node's own recursive version never returns where the system says that a folder may not be made (/proc). */
function makeDir(dir: string) {
  if (existsSync(dir)) return
  makeDir(dirname(dir))
  mkdirSync(dir, 0o700)
}
