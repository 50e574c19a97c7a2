import type { RunRecord } from '../rows/run-record.ts'

export interface CallersOptions {
  onFirst(runId: string): void
  /** Nobody listens any more. */
  onGone(runId: string): void
}

/** Who listens to runs that live only as long as somebody does. */
export class Callers {
  readonly #counts = new Map<string, number>()
  readonly #options: CallersOptions

  constructor(options: CallersOptions) {
    this.#options = options
  }

  has(runId: string): boolean {
    return this.#counts.has(runId)
  }

  /** The returned function says that this one is gone. */
  attached(record: RunRecord): () => void {
    if (!livesByListeners(record)) return () => {}
    const { onFirst, onGone } = this.#options
    const count = this.#counts.get(record.id) ?? 0
    this.#counts.set(record.id, count + 1)
    if (count === 0) onFirst(record.id)
    return () => {
      const left = (this.#counts.get(record.id) ?? 1) - 1
      if (left > 0) this.#counts.set(record.id, left)
      else {
        this.#counts.delete(record.id)
        onGone(record.id)
      }
    }
  }

  /** Runs that somebody listens to. */
  get runIds(): string[] {
    return [...this.#counts.keys()]
  }
}

export function livesByListeners({ interactive, parentRunId, options }: RunRecord): boolean {
  return !interactive && parentRunId === null && !options.unattended
}
