import type { StoreError } from '../../store-error.ts'
import type { CommitWriter } from '../commit-writer.ts'
import type { Statement } from '../statement.ts'
import type { StoreHealth } from './store-health.ts'

/** Says what is wrong with the files; cheap enough to be asked before every commit. */
export type Guard = () => StoreError | undefined

/** Writes a page whatever it says, so it succeeds only where the disk takes one. It also marks the file as ours. */
const stamp: Statement = { sql: `PRAGMA application_id = ${0x6c6f6f6d}`, parameters: [] }

const lookEveryMs = 1000

/** Notices what nobody would be told: files that were taken away, and a store that is in service again. */
export class StoreWatch {
  readonly #health: StoreHealth
  readonly #guards: readonly Guard[]
  #timer: NodeJS.Timeout | undefined

  constructor(health: StoreHealth, guards: readonly Guard[]) {
    this.#health = health
    this.#guards = guards
  }

  look() {
    let error: StoreError | undefined
    for (const guard of this.#guards) if ((error ??= guard())) break
    this.#health.lost(error)
  }

  start(writer: CommitWriter) {
    this.#timer = setInterval(() => {
      this.look()
      // Its failure is heard by the connection it fails on.
      if (this.#health.error) this.prove(writer).catch(() => {})
    }, lookEveryMs).unref()
  }

  /** Writes something; throws what the store has against it. */
  async prove(writer: CommitWriter) {
    await writer.write([stamp])
    this.#health.proved()
  }

  stop() {
    clearInterval(this.#timer)
  }
}
