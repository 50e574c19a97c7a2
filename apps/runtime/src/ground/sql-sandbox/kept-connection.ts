import { statSync } from 'node:fs'
import { SandboxConnection } from './connection.ts'
import type { OpenDatabase, RunStatement, SqlChanges, SqlRows } from './messages.ts'

/**
 * The file that was last written to, still open: the next statement on it is spared the opening, and the closing, which
 * takes longest. Between two statements it holds no lock.
 */
export class KeptConnection {
  #kept: { key: string; inode: number; connection: SandboxConnection } | undefined

  run(database: OpenDatabase, statement: RunStatement): SqlRows | SqlChanges {
    const key = JSON.stringify(database)
    // A file that was removed meanwhile is made anew.
    if (this.#kept && (this.#kept.key !== key || this.#kept.inode !== inodeOf(database.file))) this.close()
    const connection = this.#kept?.connection ?? new SandboxConnection(database)
    try {
      const result = connection.run(statement)
      this.#kept ??= { key, inode: inodeOf(database.file), connection }
      return result
    } catch (error) {
      // Whatever state it is in now, nobody else gets to see it.
      this.#kept = undefined
      connection.close()
      throw error
    }
  }

  close() {
    this.#kept?.connection.close()
    this.#kept = undefined
  }
}

function inodeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? 0
}
