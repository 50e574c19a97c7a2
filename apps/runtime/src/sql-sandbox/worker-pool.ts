import type { Clock } from '../clock.ts'
import { ToolError } from '../tools/tool.ts'
import type { WorkerRequest } from './messages.ts'
import { type Patience, WorkerProcess } from './worker-process.ts'

export interface PoolOptions {
  clock: Clock
  /** Statements that run at once. */
  size: number
  /** Of those, how many one owner may have. */
  perOwner: number
  /** Workers that were kept for transactions come on top. */
  maxReserved: number
  idleMs: number
  maxRssBytes: number
}

interface Waiting {
  owner: string
  start(): void
}

/** Processes for statements: started when needed, kept for a while, replaced when killed. */
export class WorkerPool {
  readonly #options: PoolOptions
  readonly #all = new Set<WorkerProcess>()
  /** The one that was used least lately comes first. */
  readonly #idle = new Map<WorkerProcess, () => void>()
  /** The file that a worker has written to and keeps open. */
  readonly #files = new Map<WorkerProcess, string>()
  readonly #running = new Map<string, number>()
  #queue: Waiting[] = []
  #busy = 0
  #reserved = 0
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Waits its turn, and no longer than the statement itself may take. */
  async ask(owner: string, request: WorkerRequest, patience: Patience): Promise<unknown> {
    await this.#turn(owner, patience)
    const file = writtenBy(request)
    const worker = this.#take(file)
    if (file !== undefined) this.#files.set(worker, file)
    try {
      return await worker.ask(request, patience)
    } finally {
      this.#giveBack(worker)
      this.#done(owner)
    }
  }

  /** A worker for one user until `release`, which is not given back: it may be in the middle of something. */
  reserve(): { worker: WorkerProcess; release(): void } {
    if (this.#closed) throw new ToolError('the runtime is shutting down')
    if (this.#reserved >= this.#options.maxReserved) {
      throw new ToolError(
        `${this.#reserved} transactions are open already, which is as many as there may be; try later`,
      )
    }
    this.#reserved++
    const worker = this.#take()
    this.#files.delete(worker)
    let released = false
    return {
      worker,
      release: () => {
        if (released) return
        released = true
        this.#reserved--
        this.#giveBack(worker)
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

  async #turn(owner: string, { timeoutMs, signal }: Patience): Promise<void> {
    if (this.#closed) throw new ToolError('the runtime is shutting down')
    if (this.#mayStart(owner)) return this.#count(owner)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting: Waiting = { owner, start: resolve }
    this.#queue.push(waiting)
    const leave = (why: string) => {
      this.#queue = this.#queue.filter((other) => other !== waiting)
      reject(new ToolError(why))
    }
    const onAbort = () => leave('the statement was cancelled')
    signal?.addEventListener('abort', onAbort, { once: true })
    const disarm = this.#options.clock.after(timeoutMs, () =>
      leave('too many other statements are running; try again in a moment'),
    )
    try {
      await promise
    } finally {
      disarm()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  #mayStart(owner: string): boolean {
    return this.#busy < this.#options.size && (this.#running.get(owner) ?? 0) < this.#options.perOwner
  }

  #count(owner: string) {
    this.#busy++
    this.#running.set(owner, (this.#running.get(owner) ?? 0) + 1)
  }

  #done(owner: string) {
    this.#busy--
    const left = this.#running.get(owner)! - 1
    if (left > 0) this.#running.set(owner, left)
    else this.#running.delete(owner)
    for (let next: number; (next = this.#queue.findIndex((waiting) => this.#mayStart(waiting.owner))) >= 0; ) {
      const [waiting] = this.#queue.splice(next, 1)
      this.#count(waiting!.owner)
      waiting!.start()
    }
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
    const { clock, maxRssBytes } = this.#options
    const worker = new WorkerProcess(clock, maxRssBytes, () => {
      this.#all.delete(worker)
      this.#files.delete(worker)
      this.#idle.get(worker)?.()
      this.#idle.delete(worker)
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
}

function writtenBy(request: WorkerRequest): string | undefined {
  return request.kind === 'once' && !request.database.readOnly ? request.database.file : undefined
}
