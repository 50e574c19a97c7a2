import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../../../ground/clock.ts'
import { FairLine, type Whose } from '../../../ground/fair-line.ts'
import type { CodeCheck, CodeOutcome, CodeWork, FromWorker } from './messages.ts'

/** Steps that are worked on at once; the others wait their turn. */
const MAX_WORKERS = 4
/** Of those, the steps of one tenant: what others ask for begins at once, however long its steps take. */
const MAX_OF_ONE = MAX_WORKERS - 1
/** A thread that has nothing to do is kept so long. */
const IDLE_MS = 30_000
/** So long may a step compute: whoever never calls anything would keep the others from their turn. */
export const MAX_STEP_MS = 10_000
/** Several times what the sandbox lets the code take, which is less than what that takes of a thread. */
const STACK_MB = 16

/** Beside its source, or beside the bundle. */
const workerFile = ['code-worker.ts', 'code-worker.js'].map((name) => join(import.meta.dirname, name)).find(existsSync)

interface Waiting {
  tenantId: string
  begin(): void
}

/** A step took longer than it may. */
export class StepTooLongError extends Error {}

/** Threads for the code of agents; there is none before the first step, and none for long after the last. */
export class CodeWorkers {
  readonly #clock: Clock
  readonly #all = new Set<Worker>()
  readonly #idle = new Map<Worker, () => void>()
  readonly #waiting = new FairLine<Waiting>()
  /** Steps that are worked on, by tenant. */
  readonly #busy = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Of this moment. */
  get count(): number {
    return this.#all.size
  }

  /** Throws a `StepTooLongError`, and the signal's reason; whatever the code did then ends with its thread. */
  async ask(work: CodeWork | CodeCheck, whose: Whose, signal: AbortSignal): Promise<CodeOutcome> {
    await this.#turn(whose, signal)
    try {
      signal.throwIfAborted()
      const worker = this.#take()
      try {
        const { outcome, isSpent } = await this.#answer(worker, work, signal)
        if (isSpent) this.#end(worker)
        else this.#keep(worker)
        return outcome
      } catch (error) {
        this.#end(worker)
        throw error
      }
    } finally {
      this.#count(whose.tenantId, -1)
      this.#next()
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => this.#end(worker)))
  }

  async #turn(whose: Whose, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const turn = Promise.withResolvers<void>()
    const waiting: Waiting = { tenantId: whose.tenantId, begin: turn.resolve }
    const onAbort = () => {
      if (this.#waiting.remove(whose, waiting)) turn.reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    this.#waiting.push(whose, waiting)
    this.#next()
    try {
      await turn.promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #next() {
    while ([...this.#busy.values()].reduce((sum, steps) => sum + steps, 0) < MAX_WORKERS) {
      const next = this.#waiting.shift((tenantId) => (this.#busy.get(tenantId) ?? 0) < MAX_OF_ONE)
      if (!next) return
      this.#count(next.tenantId, 1)
      next.begin()
    }
  }

  #count(tenantId: string, change: 1 | -1) {
    const steps = (this.#busy.get(tenantId) ?? 0) + change
    if (steps > 0) this.#busy.set(tenantId, steps)
    else this.#busy.delete(tenantId)
  }

  #take(): Worker {
    const [kept] = this.#idle
    if (kept) {
      const [worker, forget] = kept
      forget()
      this.#idle.delete(worker)
      worker.ref()
      return worker
    }
    const worker = new Worker(workerFile ?? 'code-worker.js', {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 64, stackSizeMb: STACK_MB },
    })
    this.#all.add(worker)
    // One that fails while it has nothing to do is nobody's.
    worker.on('error', () => {}).once('exit', () => void this.#end(worker))
    return worker
  }

  #keep(worker: Worker) {
    worker.unref()
    this.#idle.set(
      worker,
      this.#clock.after(IDLE_MS, () => void this.#end(worker)),
    )
  }

  async #end(worker: Worker) {
    this.#idle.get(worker)?.()
    this.#idle.delete(worker)
    this.#all.delete(worker)
    await worker.terminate()
  }

  async #answer(worker: Worker, work: CodeWork | CodeCheck, signal: AbortSignal): Promise<FromWorker> {
    const answer = Promise.withResolvers<FromWorker>()
    const onAbort = () => answer.reject(signal.reason)
    const gone = (cause: unknown) => answer.reject(new Error(`its thread ended: ${String(cause)}`))
    const disarm = this.#clock.after(MAX_STEP_MS, () => answer.reject(new StepTooLongError()))
    signal.addEventListener('abort', onAbort, { once: true })
    worker.on('message', answer.resolve).on('error', gone).on('exit', gone)
    try {
      worker.postMessage(work)
      return await answer.promise
    } finally {
      disarm()
      signal.removeEventListener('abort', onAbort)
      worker.off('message', answer.resolve).off('error', gone).off('exit', gone)
    }
  }
}
