import type { RunRecord } from '../rows/run-record.ts'

/** From here on a run may be what killed the process, and has it to itself when it is read. */
export const suspectTries = 2
/** A suspect that has not left memory by then has done no harm. */
export const suspicionMs = 10_000

export interface SuspectsDependencies {
  wake(runId: string): void
  /** Resolves when the run has left memory. */
  left(runId: string): Promise<void>
  later(ms: number, work: () => void): void
  report(error: unknown): void
}

/** Runs that were tried too often to be taken up side by side with others. */
export class Suspects {
  readonly #deps: SuspectsDependencies
  readonly #waiting: string[] = []

  constructor(deps: SuspectsDependencies) {
    this.#deps = deps
  }

  /** One after the other, the ones that were tried least first: what kills the process takes no others with it. */
  takeUp(runs: readonly RunRecord[]) {
    const isIdle = this.#waiting.length === 0
    const known = new Set(this.#waiting)
    const found = runs.filter(({ id }) => !known.has(id)).sort((a, b) => a.tries - b.tries)
    for (const { id } of found) this.#waiting.push(id)
    if (isIdle) this.#takeUpNext().catch((error: unknown) => this.#deps.report(error))
  }

  async #takeUpNext() {
    const { wake, left, later } = this.#deps
    for (let [runId] = this.#waiting; runId !== undefined; [runId] = this.#waiting) {
      wake(runId)
      await Promise.race([left(runId), new Promise<void>((resolve) => later(suspicionMs, resolve))])
      this.#waiting.shift()
    }
  }
}
