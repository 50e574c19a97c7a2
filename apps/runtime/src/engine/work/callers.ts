import type { RunRecord } from '../rows/run-record.ts'

/** Who listens to runs that live only as long as somebody does. */
export class Callers {
  readonly #counts = new Map<string, number>()
  readonly #onGone: (runId: string) => void

  constructor(onGone: (runId: string) => void) {
    this.#onGone = onGone
  }

  has(runId: string): boolean {
    return this.#counts.has(runId)
  }

  /** The returned function says that this one is gone. */
  attached(record: RunRecord): () => void {
    if (!livesByListeners(record)) return () => {}
    this.#counts.set(record.id, (this.#counts.get(record.id) ?? 0) + 1)
    return () => {
      const left = (this.#counts.get(record.id) ?? 1) - 1
      if (left > 0) this.#counts.set(record.id, left)
      else {
        this.#counts.delete(record.id)
        this.#onGone(record.id)
      }
    }
  }
}

export function livesByListeners({ interactive, parentRunId, options }: RunRecord): boolean {
  return !interactive && parentRunId === null && !options.unattended
}
