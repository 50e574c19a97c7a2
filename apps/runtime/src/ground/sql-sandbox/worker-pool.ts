import type { Clock } from '../clock.ts'
import { ToolError } from '../tool-error.ts'
import type { WorkerRequest } from './messages.ts'
import { type ReservationOptions, Reservations } from './reservations.ts'
import { type Turn, type TurnOptions, Turns } from './turns.ts'
import { type Patience, WorkerProcess } from './worker-process.ts'

export interface PoolOptions extends TurnOptions, ReservationOptions {
  clock: Clock
  idleMs: number
  /** Of one worker. */
  maxRssBytes: number
  /** Of all of them together, beyond what they take when they have nothing to do. */
  maxTotalBytes: number
}

/** Asks the worker whose turn it is. */
export type Ask = (request: WorkerRequest) => Promise<unknown>

/** Processes for statements: started when needed, kept for a while, replaced when killed. */
export class WorkerPool {
  readonly #options: PoolOptions
  readonly #turns: Turns
  readonly #all = new Set<WorkerProcess>()
  /** The one that was used least lately comes first. */
  readonly #idle = new Map<WorkerProcess, () => void>()
  /** The file that a worker has written to and keeps open. */
  readonly #files = new Map<WorkerProcess, string>()
  readonly #reservations: Reservations
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#turns = new Turns(options)
    this.#reservations = new Reservations(options)
  }

  /** Waits its turn, and no longer than the statement itself may take. */
  async ask(owner: string, request: WorkerRequest, patience: Patience): Promise<unknown> {
    return this.inTurn(owner, patience, (ask) => ask(request), writtenBy(request))
  }

  /** Several requests to one worker, in the time of one. */
  async inTurn<T>(owner: string, patience: Patience, work: (ask: Ask) => Promise<T>, file?: string): Promise<T> {
    this.#mustBeOpen()
    const turn = await this.#turns.take(owner, patience, () => this.#warm())
    try {
      this.#mustBeOpen()
      const worker = this.#take(file)
      if (file !== undefined) this.#files.set(worker, file)
      try {
        return await this.#work(turn, worker, patience, work)
      } finally {
        turn.stop = undefined
        this.#giveBack(worker)
      }
    } finally {
      this.#turns.end(turn)
    }
  }

  /** A worker for one user until `release`, which is not given back: it may be in the middle of something. */
  reserve(owner: string): { worker: WorkerProcess; release(): void } {
    this.#mustBeOpen()
    const free = this.#reservations.take(owner)
    const worker = this.#take()
    this.#files.delete(worker)
    return {
      worker,
      release: () => {
        if (free()) this.#giveBack(worker)
      },
    }
  }

  /** Resolves when no worker that has nothing to do has the file open. */
  async letGoOf(file: string): Promise<void> {
    const keeping = [...this.#idle.keys()].filter((worker) => this.#files.get(worker) === file)
    await Promise.all(keeping.map((worker) => worker.end()))
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const cancel of this.#idle.values()) cancel()
    this.#idle.clear()
    await Promise.all([...this.#all].map((worker) => worker.end()))
  }

  #mustBeOpen() {
    if (this.#closed) throw new ToolError('the runtime is shutting down')
  }

  async #work<T>(turn: Turn, worker: WorkerProcess, patience: Patience, work: (ask: Ask) => Promise<T>): Promise<T> {
    await worker.ready
    this.#turns.begin(turn, (why) => worker.stop(why))
    const until = this.#options.clock.now() + patience.timeoutMs
    return work((request) => worker.ask(request, { ...patience, until }))
  }

  /** One that has the file open, or else one that has none, or else the one that has had its own for longest. */
  #take(file?: string): WorkerProcess {
    const idle = [...this.#idle.keys()].filter((worker) => worker.isAlive)
    const found =
      idle.find((worker) => file !== undefined && this.#files.get(worker) === file) ??
      idle.find((worker) => !this.#files.has(worker)) ??
      idle[0]
    if (found) {
      this.#idle.get(found)!()
      this.#idle.delete(found)
      return found
    }
    return this.#fork()
  }

  /** For whoever gets the place of a statement that is stopped: a process takes a while to start. */
  #warm() {
    if (this.#idle.size === 0) this.#giveBack(this.#fork())
  }

  #fork(): WorkerProcess {
    const { clock, maxRssBytes } = this.#options
    const worker = new WorkerProcess(clock, maxRssBytes, {
      onMemory: () => this.#boundMemory(),
      onExit: () => {
        this.#all.delete(worker)
        this.#files.delete(worker)
        this.#idle.get(worker)?.()
        this.#idle.delete(worker)
      },
    })
    this.#all.add(worker)
    return worker
  }

  #giveBack(worker: WorkerProcess) {
    if (!worker.isAlive) return
    if (this.#closed) return worker.kill()
    this.#idle.set(
      worker,
      this.#options.clock.after(this.#options.idleMs, () => {
        this.#idle.delete(worker)
        worker.kill()
      }),
    )
  }

  /** Ends workers that have nothing to do first, and then those that take most, until the rest is little enough. */
  #boundMemory() {
    const alive = [...this.#all].filter((worker) => worker.isAlive)
    let total = alive.reduce((sum, worker) => sum + worker.takenBytes, 0)
    const isIdle = (worker: WorkerProcess) => (this.#idle.has(worker) ? 1 : 0)
    for (const worker of alive.toSorted((a, b) => isIdle(b) - isIdle(a) || b.takenBytes - a.takenBytes)) {
      if (total <= this.#options.maxTotalBytes) return
      total -= worker.takenBytes
      worker.stop('the statements that are running took too much memory together; nothing of this one was kept')
    }
  }
}

function writtenBy(request: WorkerRequest): string | undefined {
  return request.kind === 'once' && !request.database.readOnly ? request.database.file : undefined
}
