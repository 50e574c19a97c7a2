import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { RuntimeError } from '@loomcycle/proto'
import { fromThread, StoreError } from '../store-error.ts'
import { report, silence, type Telemetry } from '../telemetry/telemetry.ts'
import type { StoreHealth } from './health/store-health.ts'
import type { Failure } from './thread-failure.ts'

/** Who wants to know something; people wait for one another's questions in turn. */
export interface Asker {
  tenantId: string
  userId: string
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined
}

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
  /** So many of one person's may wait, and so many of all. */
  most?: { ofOne: number; ofAll: number }
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
  readonly #options: Required<ReadingThreadOptions>
  /** By person; whoever was answered last goes to the end of the line. */
  readonly #waiting = new Map<string, Question[]>()
  #count = 0
  #worker: Worker | undefined
  #current: Question | undefined
  #idle: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: ReadingThreadOptions) {
    this.#options = {
      telemetry: silence,
      idleMs: 30_000,
      mostAnswerBytes: 64 * 1024 * 1024,
      most: { ofOne: 64, ofAll: 512 },
      startWorker: (work) => new Worker(workerFile ?? 'reading-worker.js', { workerData: work }),
      ...options,
    }
  }

  get isRunning(): boolean {
    return this.#worker !== undefined
  }

  async ask(asked: Asked, { tenantId, userId, signal }: Asker): Promise<unknown[]> {
    this.#options.health.requireOurs()
    signal?.throwIfAborted()
    const who = JSON.stringify([tenantId, userId])
    this.#refuseTooMany(who)
    const { promise, resolve, reject } = Promise.withResolvers<unknown[]>()
    const question = { ...asked, resolve, reject }
    const leave = () => this.#drop(who, question, signal!.reason)
    signal?.addEventListener('abort', leave)
    this.#put(who, question)
    this.#next()
    try {
      return await promise
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  async close() {
    this.#isClosed = true
    const all = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    for (const { reject } of all) reject(closed())
    await this.#end()
  }

  #refuseTooMany(who: string) {
    if (this.#isClosed) throw closed()
    const { ofOne, ofAll } = this.#options.most
    if (this.#count < ofAll && (this.#waiting.get(who)?.length ?? 0) < ofOne) return
    throw new RuntimeError('backpressure', 'Too many large questions wait for an answer; try again in a moment.', {
      retry_after_s: 5,
    })
  }

  #put(who: string, question: Question) {
    const own = this.#waiting.get(who)
    if (own) own.push(question)
    else this.#waiting.set(who, [question])
    this.#count++
  }

  #take(): Question | undefined {
    const [first] = this.#waiting
    if (!first) return undefined
    const [who, own] = first
    const question = own.shift()
    this.#waiting.delete(who)
    if (own.length > 0) this.#waiting.set(who, own)
    this.#count--
    return question
  }

  #drop(who: string, question: Question, reason: unknown) {
    question.reject(reason)
    const own = this.#waiting.get(who)
    const at = own?.indexOf(question) ?? -1
    if (at < 0) return
    own!.splice(at, 1)
    if (own!.length === 0) this.#waiting.delete(who)
    this.#count--
  }

  #next() {
    if (this.#current) return
    this.#current = this.#take()
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

function tooLarge() {
  return new RuntimeError('payload_too_large', 'The answer would be too large; ask for less of it at once.')
}

function closed() {
  return new StoreError('The database is being closed', 'Ask again when loomcycle is back.')
}
