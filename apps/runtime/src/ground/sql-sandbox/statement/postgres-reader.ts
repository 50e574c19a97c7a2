import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../../clock.ts'
import { ToolError } from '../../tool-error.ts'
import type { PostgresStatement, PostgresText } from './read-postgres.ts'

/** Beside its source, or beside the bundle. */
const workerFile = ['postgres-reader-worker.ts', 'postgres-reader-worker.js']
  .map((name) => join(import.meta.dirname, name))
  .find(existsSync)

/** Hundreds of times what the longest statement takes. */
const patienceMs = 10_000
const idleMs = 60_000

type Reply = { read: PostgresStatement } | { refusal: string; isSpent?: boolean }

/** Reads statements in a thread of its own, one at a time; there is none before the first, and none for long after the last. */
export class PostgresReader {
  readonly #clock: Clock
  readonly #functions: () => Promise<readonly string[]>
  #worker: Promise<Worker> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #forget = () => {}

  /** `functions`: names that a field of a row must not have. */
  constructor(clock: Clock, functions: () => Promise<readonly string[]>) {
    this.#clock = clock
    this.#functions = functions
  }

  /** Throws a `ToolError` that says why the statement may not run. */
  async read(asked: Omit<PostgresText, 'functions'>): Promise<PostgresStatement> {
    const reading = this.#last.then(() => this.#ask(asked))
    this.#last = reading.catch(() => {})
    const reply = await reading
    if ('read' in reply) return reply.read
    throw new ToolError(reply.refusal)
  }

  async close(): Promise<void> {
    this.#forget()
    const worker = this.#worker
    this.#worker = undefined
    await (await worker?.catch(() => undefined))?.terminate()
  }

  async #ask(asked: Omit<PostgresText, 'functions'>): Promise<Reply> {
    this.#forget()
    this.#worker ??= this.#start()
    const worker = await this.#worker.catch((error: unknown) => {
      this.#worker = undefined
      throw new ToolError(`SQL is not open here: ${(error as Error).message}`)
    })
    const reply = await this.#answer(worker, asked)
    if ('isSpent' in reply && reply.isSpent) await this.close()
    else this.#forget = this.#clock.after(idleMs, () => void this.close())
    return reply
  }

  #answer(worker: Worker, asked: Omit<PostgresText, 'functions'>): Promise<Reply> {
    return new Promise((resolve) => {
      const giveUp = () => resolve({ refusal: 'the statement cannot be read: it takes too much', isSpent: true })
      const disarm = this.#clock.after(patienceMs, giveUp)
      const done = (reply: Reply) => {
        disarm()
        worker.off('exit', giveUp)
        resolve(reply)
      }
      worker.once('message', done)
      worker.once('exit', giveUp)
      worker.postMessage(asked)
    })
  }

  async #start(): Promise<Worker> {
    const worker = new Worker(workerFile ?? 'postgres-reader-worker.js', {
      env: {},
      workerData: await this.#functions(),
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    worker.on('error', () => {})
    await new Promise<void>((resolve) => worker.once('message', () => resolve()).once('exit', () => resolve()))
    worker.unref()
    return worker
  }
}
