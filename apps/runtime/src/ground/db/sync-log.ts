import { open } from 'node:fs/promises'

/**
 * Has the disk take the write-ahead log as far as it is written, in a thread of the pool: what a large transaction has
 * spilled into it is there before its commit. SQLite holds no lock on this file, so that opening and closing it here
 * lets go of none. What fails here fails again at the commit, which says it.
 */
export async function syncLog(databaseFile: string): Promise<void> {
  try {
    await using log = await open(`${databaseFile}-wal`, 'r+')
    await log.datasync()
  } catch {}
}
