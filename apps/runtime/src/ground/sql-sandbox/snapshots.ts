import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { CopiedRows } from './messages.ts'

export interface SnapshotOptions {
  clock: Clock
  /** A folder of its own; whatever is in it at the start is removed. */
  dir: string
  maxCount: number
  /** All together; more is kept only while statements read it. */
  maxBytes: number
  /** After the last question. */
  keptMs: number
}

export interface Wanted {
  /** What it is a snapshot of. */
  key: string
  /** One that is as late as this will do. */
  version: number
}

interface Snapshot extends CopiedRows {
  file: string
  version: number
  readers: number
  forget(): void
}

/** Files with the rows that somebody may see, kept for the next question while nothing has changed. */
export class Snapshots {
  readonly #options: SnapshotOptions
  /** The one that was asked least lately comes first. */
  readonly #kept = new Map<string, Snapshot>()

  constructor(options: SnapshotOptions) {
    this.#options = options
    rmSync(options.dir, { recursive: true, force: true })
  }

  get maxBytes(): number {
    return this.#options.maxBytes
  }

  /** The file stays as it is until `read` is done. `make` writes one where none is late enough. */
  async use<T>(
    { key, version }: Wanted,
    make: (into: string) => Promise<CopiedRows & { version: number }>,
    read: (snapshot: { file: string; report: CopiedRows['report'] }) => Promise<T>,
  ): Promise<T> {
    const snapshot = this.#find(key, version) ?? (await this.#make(make))
    snapshot.readers++
    this.#touch(key, snapshot)
    try {
      return await read(snapshot)
    } finally {
      snapshot.readers--
      this.#remove(snapshot)
      this.#bound()
    }
  }

  close() {
    for (const { forget } of this.#kept.values()) forget()
    this.#kept.clear()
    rmSync(this.#options.dir, { recursive: true, force: true })
  }

  #find(key: string, version: number): Snapshot | undefined {
    const found = this.#kept.get(key)
    return found && found.version >= version && existsSync(found.file) ? found : undefined
  }

  async #make(make: (into: string) => Promise<CopiedRows & { version: number }>): Promise<Snapshot> {
    mkdirSync(this.#options.dir, { recursive: true, mode: 0o700 })
    const file = join(this.#options.dir, `${randomBytes(16).toString('hex')}.db`)
    try {
      return { ...(await make(file)), file, readers: 0, forget: () => {} }
    } catch (error) {
      for (const left of [`${file}.new`, `${file}.new-journal`, file]) rmSync(left, { force: true })
      throw error
    }
  }

  /** It is the one for its key now, and the last to go. */
  #touch(key: string, snapshot: Snapshot) {
    const before = this.#kept.get(key)
    before?.forget()
    this.#kept.delete(key)
    // One that took longer to make may be of an earlier moment than one that was made meanwhile.
    const kept = before && before.version > snapshot.version ? before : snapshot
    this.#kept.set(key, kept)
    kept.forget = this.#options.clock.after(this.#options.keptMs, () => this.#forget(key, kept))
    if (before && before !== kept) this.#remove(before)
  }

  #forget(key: string, snapshot: Snapshot) {
    if (this.#kept.get(key) !== snapshot) return
    snapshot.forget()
    this.#kept.delete(key)
    this.#remove(snapshot)
  }

  /** Unless it is kept, or somebody reads it and removes it afterwards. */
  #remove(snapshot: Snapshot) {
    if (snapshot.readers > 0 || [...this.#kept.values()].includes(snapshot)) return
    rmSync(snapshot.file, { force: true })
  }

  #bound() {
    const { maxCount, maxBytes } = this.#options
    for (const [key, snapshot] of this.#kept) {
      const bytes = [...this.#kept.values()].reduce((sum, one) => sum + one.bytes, 0)
      if (this.#kept.size <= maxCount && bytes <= maxBytes) return
      this.#forget(key, snapshot)
    }
  }
}
