import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5

/**
 * Makes this process the only one that uses the data directory, as long as it lives: the system lets go of the lock
 * however the process ends. Undefined when another process has it; throws when there is no locking it at all.
 */
export function lockDataDir(dataDir: string): { release(): void } | undefined {
  const lock = new DatabaseSync(join(dataDir, 'loomcycle.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined
    throw error
  }
}
