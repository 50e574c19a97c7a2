import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock } from '../clock.ts'
import { ToolError } from '../tool-error.ts'
import type { WorkerReply, WorkerRequest } from './messages.ts'
import { MEMORY_FD } from './watchdog.ts'

/** Beside its source, or beside the bundle. */
const workerFile = ['worker.ts', 'sql-worker.js'].map((name) => join(import.meta.dirname, name)).find(existsSync)

const MAX_HEAP_MIB = 64
/** Below the runtime, whose own work comes first. */
const NICENESS = 10

export interface Patience {
  timeoutMs: number
  signal?: AbortSignal | undefined
  /** When those milliseconds are over; they begin with the request where this is left out. */
  until?: number
}

/** A forked process that answers one request at a time and can be killed in the middle of it. */
export class WorkerProcess {
  readonly #child: ChildProcess
  readonly #clock: Clock
  /** It is there, or it has gone already. */
  readonly ready: Promise<void>
  #reply: ((reply: WorkerReply | 'exited' | 'too large') => void) | undefined
  readonly #exited: Promise<void>
  #alive = true
  #takenBytes = 0
  /** Why it was killed, as whoever waits for its answer is told. */
  #cause = 'the process that ran the statement ended; nothing of it was kept'

  constructor(clock: Clock, maxRssBytes: number, { onExit, onMemory }: { onExit: () => void; onMemory: () => void }) {
    this.#clock = clock
    this.#child = fork(workerFile ?? 'sql-worker.js', [String(maxRssBytes)], {
      // What is in the environment or said on the command line is nothing a statement could want.
      env: {},
      execArgv: [`--max-old-space-size=${MAX_HEAP_MIB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'],
    })
    const ready = Promise.withResolvers<void>()
    // It starts as fast as it can: somebody waits for it.
    this.ready = ready.promise.then(() => beNice(this.#child.pid))
    this.#child.on('message', (message: WorkerReply | 'ready') => {
      if (message === 'ready') ready.resolve()
      else this.#reply?.(message)
    })
    const memory = this.#child.stdio[MEMORY_FD] as Readable | null | undefined
    memory?.setEncoding('utf8').on('data', (text: string) => {
      this.#takenBytes = Number(text.trim().split('\n').at(-1))
      onMemory()
    })
    const exited = Promise.withResolvers<void>()
    this.#exited = exited.promise
    const gone = (signal: NodeJS.Signals | null) => {
      this.#alive = false
      ready.resolve()
      exited.resolve()
      this.#reply?.(signal === 'SIGTERM' ? 'too large' : 'exited')
      onExit()
    }
    this.#child.once('exit', (_code, signal) => gone(signal))
    // One that could not even start never exits.
    this.#child.on('error', () => (this.#child.pid === undefined ? gone(null) : this.kill()))
  }

  get isAlive(): boolean {
    return this.#alive
  }

  /** Of memory, beyond what it takes when it has nothing to do; as it last said. */
  get takenBytes(): number {
    return this.#takenBytes
  }

  /** Throws a `ToolError` for whatever the worker refuses, and for its own end, which undoes what it was at. */
  async ask(request: WorkerRequest, { timeoutMs, signal, until }: Patience): Promise<unknown> {
    await this.ready
    if (signal?.aborted) throw new ToolError('the statement was cancelled')
    const answered = Promise.withResolvers<WorkerReply | 'exited' | 'too large'>()
    const onAbort = () => this.stop('the statement was cancelled; nothing of it was kept')
    const leftMs = until === undefined ? timeoutMs : Math.max(0, until - this.#clock.now())
    const disarm = this.#clock.after(leftMs, () =>
      this.stop(`the statement took longer than ${timeoutMs} ms and was stopped; nothing of it was kept`),
    )
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#reply = answered.resolve
    try {
      if (this.#alive && this.#child.connected) this.#child.send(request, (error) => error && this.kill())
      else this.#reply('exited')
      const reply = await answered.promise
      if (reply === 'too large') throw new ToolError('the statement took too much memory; nothing of it was kept')
      if (reply === 'exited') throw new ToolError(this.#cause)
      if (!reply.ok) throw new ToolError(reply.message)
      return reply.result
    } finally {
      disarm()
      signal?.removeEventListener('abort', onAbort)
      this.#reply = undefined
    }
  }

  /** Kills it, and tells whoever waits for an answer why. */
  stop(why: string) {
    if (this.#alive) this.#cause = why
    this.kill()
  }

  kill() {
    this.#alive = false
    this.#child.kill('SIGKILL')
  }

  /** Resolves when the process is gone. */
  async end(): Promise<void> {
    this.kill()
    await this.#exited
  }
}

function beNice(pid: number | undefined) {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS)
  } catch {
    // Where that is not possible, it runs as fast as everybody else.
  }
}
