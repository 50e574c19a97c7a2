import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { fromThread, StoreError } from '../store-error.ts'
import { report, silence, type Telemetry } from '../telemetry/telemetry.ts'
import { mostAnswerBytes, tooLarge } from './answer-size.ts'
import { type Asker, AskerLine, type LineBounds } from './asker-line.ts'
import type { StoreHealth } from './health/store-health.ts'
import type { Failure } from './thread-failure.ts'

export interface Asked {
  sql: string
  parameters: readonly unknown[]
}
export type Answer = { rows: unknown[] } | { failure: Failure } | { isTooLarge: true }

/** What the thread is told at its start. */
export interface ReadingWork {
  file: string
  mostAnswerBytes: number
}

interface Question extends Asked {
  resolve(rows: unknown[]): void
  reject(error: unknown): void
}

export interface ReadingThreadOptions {
  file: string
  health: StoreHealth
  /** Hears that a thread failed. */
  telemetry?: Pick<Telemetry, 'log'>
  /** How long the thread is kept after its last answer. */
  idleMs?: number
  mostAnswerBytes?: number
  most?: LineBounds
  startWorker?: (work: ReadingWork) => Worker
}

/** Beside its source, or beside the bundle. */
const workerFile = ['reading-worker.ts', 'reading-worker.js']
  .map((name) => join(import.meta.dirname, name))
  .find(existsSync)

/**
 * Reads on a connection of its own, in a thread that is there while it is needed: for questions whose cost is not
 * bounded by their answer. It sees whatever was committed before it was asked. One question is worked on at a time;
 * SQLite cannot be interrupted in it, so whoever leaves meanwhile is not answered, and one that still waits is dropped.
 */
export class ReadingThread {
  readonly #options: Required<Omit<ReadingThreadOptions, 'most'>>
  readonly #line: AskerLine<Question>
  #worker: Worker | undefined
  #current: Question | undefined
  #idle: NodeJS.Timeout | undefined
  #isClosed = false

  constructor({ most, ...options }: ReadingThreadOptions) {
    this.#line = new AskerLine(most)
    this.#options = {
      telemetry: silence,
      idleMs: 30_000,
      mostAnswerBytes,
      startWorker: (work) => new Worker(workerFile ?? 'reading-worker.js', { workerData: work }),
      ...options,
    }
  }

  get isRunning(): boolean {
    return this.#worker !== undefined
  }

  async ask(asked: Asked, asker: Asker): Promise<unknown[]> {
    const { signal } = asker
    this.#options.health.requireOurs()
    signal?.throwIfAborted()
    if (this.#isClosed) throw closed()
    const { promise, resolve, reject } = Promise.withResolvers<unknown[]>()
    const question = { ...asked, resolve, reject }
    const leave = () => {
      this.#line.drop(asker, question)
      reject(signal!.reason)
    }
    this.#line.put(asker, question)
    signal?.addEventListener('abort', leave)
    this.#next()
    try {
      return await promise
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  async close() {
    this.#isClosed = true
    for (const { reject } of this.#line.clear()) reject(closed())
    await this.#end()
  }

  #next() {
    if (this.#current) return
    this.#current = this.#line.take()
    clearTimeout(this.#idle)
    if (!this.#current) {
      this.#worker?.unref()
      this.#idle = setTimeout(() => void this.#end(), this.#options.idleMs).unref()
      return
    }
    this.#worker ??= this.#start()
    this.#worker.ref()
    const { sql, parameters } = this.#current
    this.#worker.postMessage({ sql, parameters } satisfies Asked)
  }

  #start(): Worker {
    const { file, mostAnswerBytes, startWorker, telemetry } = this.#options
    const worker = startWorker({ file, mostAnswerBytes })
    worker.on('message', (answer: Answer) => {
      if ('rows' in answer) this.#settle(({ resolve }) => resolve(answer.rows))
      else this.#fail('failure' in answer ? this.#heard(answer.failure) : tooLarge())
    })
    const died = (error: StoreError) => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#fail(error)
    }
    worker.on('error', (failure) => {
      const error = this.#heard(failure)
      report(telemetry, 'reading thread', error)
      died(error instanceof StoreError ? error : ended())
    })
    worker.on('exit', () => died(ended()))
    return worker
  }

  #settle(how: (question: Question) => void) {
    const question = this.#current
    this.#current = undefined
    if (question) how(question)
    this.#next()
  }

  #fail(error: Error) {
    this.#settle(({ reject }) => reject(error))
  }

  #heard(failure: Failure): Error {
    const error = fromThread(failure)
    this.#options.health.failed(error)
    return error
  }

  async #end() {
    const worker = this.#worker
    this.#worker = undefined
    clearTimeout(this.#idle)
    this.#current?.reject(closed())
    this.#current = undefined
    await worker?.terminate()
  }
}

function ended() {
  return new StoreError('The thread that was reading for this ended before it had an answer', 'Ask again.')
}

function closed() {
  return new StoreError('The database is being closed', 'Ask again when loomcycle is back.')
}
