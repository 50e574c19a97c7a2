import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../../store-error.ts'
import type { Guard } from '../health/store-watch.ts'
import { sameFile } from './same-file.ts'

const SQLITE_BUSY = 5
/** Workers of a process that was killed hold the database a little longer. */
const patienceMs = 2000

export interface DataDirLock {
  /** Says when somebody else has the directory after all. */
  guard: Guard
  release(): void
}

/**
 * Makes this process the only one that uses the data directory, as long as it lives: the system lets go of the lock
 * however the process ends. Undefined when another process has it; throws when there is no locking it at all.
 *
 * The lock is on a file that somebody may remove: then whoever held it takes the next one, and where another process was
 * faster writes nothing more. A process that finds no lock file beside a database asks the database itself, too.
 */
export function lockDataDir(dataDir: string): DataDirLock | undefined {
  const file = join(dataDir, 'loomcycle.lock')
  // Before the lock is touched: whoever has the directory would take it for taken.
  if (!existsSync(file) && isInUse(join(dataDir, 'loomcycle.db'))) return undefined
  let held = take(file)
  if (!held) return undefined
  let isOurs = sameFile(file)
  let taken: StoreError | undefined
  return {
    guard() {
      if (taken || isOurs()) return taken
      let next: DatabaseSync | undefined
      try {
        next = take(file)
      } catch (error) {
        return new StoreError(
          `The lock of the data directory ${dataDir} was removed and cannot be taken again: ${(error as Error).message}`,
          'Make sure that loomcycle may write there.',
        )
      }
      if (!next) {
        return (taken = new StoreError(
          `Another loomcycle has taken the data directory ${dataDir}, whose lock file was removed`,
          'Stop this one or that one; only one may use it.',
        ))
      }
      held?.close()
      held = next
      isOurs = sameFile(file)
      return undefined
    },
    release: () => held?.close(),
  }
}

function take(file: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

/** Whoever has a database open holds a lock on it that only an exclusive one notices. */
function isInUse(file: string): boolean {
  if (!existsSync(file)) return false
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: patienceMs })
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT')
    return false
  } catch (error) {
    // What else is wrong with it is for whoever opens it to say.
    return isBusy(error)
  } finally {
    database?.close()
  }
}

function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY
}
