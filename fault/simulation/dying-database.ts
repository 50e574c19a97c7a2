import type { Database } from '../../apps/runtime/src/ground/db/database.ts'
import type { CrashPoint } from './crash-point.ts'

/** A database whose process ends at a given call. From then on nothing is written any more and nobody is answered. */
export class DyingDatabase {
  readonly database: Database
  readonly #real: Database
  readonly #end: CrashPoint | undefined
  readonly #onEnd: (when: CrashPoint['when']) => void
  #calls = 0
  #inFlight = 0
  #completed = 0
  #dead = false

  constructor(real: Database, end: CrashPoint | undefined, onEnd: (when: CrashPoint['when']) => void) {
    this.#real = real
    this.#end = end
    this.#onEnd = onEnd
    this.database = {
      ...real,
      write: (statements, onCommit) => {
        return this.#call((dies) =>
          real.write(statements, () => {
            if (dies) this.die()
            else if (!this.#dead) onCommit?.()
          }),
        )
      },
      all: async (sql, parameters) => {
        if (this.#dead) return never
        this.#inFlight++
        try {
          const rows = await real.all(sql, parameters)
          return this.#dead ? never : (rows as never)
        } finally {
          this.#inFlight--
        }
      },
      transaction: (work) => this.#call(() => real.transaction(work)),
    }
  }

  /** Calls so far. */
  get calls(): number {
    return this.#calls
  }

  get isBusy(): boolean {
    return this.#inFlight > 0
  }

  /** Changes whenever something was asked or answered. */
  get activity(): number {
    return this.#calls + this.#completed
  }

  die() {
    if (this.#dead) return
    this.#dead = true
    this.#onEnd(this.#end?.when ?? 'before')
  }

  async close() {
    this.#dead = true
    await this.#real.close()
  }

  async #call<T>(ask: (dies: boolean) => Promise<T>): Promise<T> {
    if (this.#dead) return never
    this.#calls++
    const isLast = this.#end?.call === this.#calls
    if (isLast && this.#end?.when === 'stop') this.#onEnd('stop')
    if (isLast && this.#end?.when === 'before') this.die()
    if (this.#dead) return never
    const dies = isLast && this.#end?.when === 'after'
    this.#inFlight++
    try {
      return await ask(dies)
    } finally {
      this.#inFlight--
      this.#completed++
      if (dies) this.die()
      // biome-ignore lint/correctness/noUnsafeFinally: a dead process answers nobody, whatever became of the call
      if (this.#dead) return never
    }
  }
}

const never = new Promise<never>(() => {})
