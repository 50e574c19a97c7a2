import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { StoreHealth } from './health/store-health.ts'
import type { Connection } from './node-sqlite.ts'

/**
 * Pages of the write-ahead log that are not in the database yet. Once they are, the log is written from its beginning
 * again, which the disk has sooner than a file that grows.
 */
const pagesAtOnce = 1000
/** From here on the log is to begin anew: the thread leaves little, which the writing connection takes in itself. */
const longLog = 4 * pagesAtOnce
const littleLeft = pagesAtOnce / 4
/** Beyond it the writing connection takes in all there is. */
const pagesAtMost = 16 * pagesAtOnce
const idleMs = 10_000
const settleMs = 10
/** Between two looks at the log, each of which costs about as much as a small statement. */
const lookEveryMs = 20

/** Beside its source, or beside the bundle. */
const workerFile = ['checkpoint-worker.ts', 'checkpoint-worker.js']
  .map((name) => join(import.meta.dirname, name))
  .find(existsSync)

/**
 * Takes the write-ahead log into the database, in a thread that is there while much is written: left to SQLite, every
 * so many pages one commit would do it, and wait for the disk with everybody else waiting for it.
 */
export class Checkpoints {
  readonly #connection: Connection
  readonly #file: string
  readonly #health: StoreHealth
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #lookedAt = 0
  #rest: PromiseWithResolvers<void> | undefined
  #isLeftToSqlite = false

  constructor(connection: Connection, file: string, health: StoreHealth) {
    this.#connection = connection
    this.#file = file
    this.#health = health
    connection.exec(`PRAGMA wal_autocheckpoint = ${pagesAtMost}`)
  }

  afterCommit() {
    if (this.#rest || this.#isLeftToSqlite || this.#health.error) return
    const now = performance.now()
    if (now < this.#lookedAt + lookEveryMs) return
    this.#lookedAt = now
    const [state] = this.#connection.prepare('PRAGMA wal_checkpoint(NOOP)').all() as WalState[]
    if (!state) return
    const left = state.log - state.checkpointed
    const isLong = state.log >= longLog
    if (left < (isLong ? littleLeft : pagesAtOnce)) {
      if (isLong && left > 0) this.#connection.prepare('PRAGMA wal_checkpoint(PASSIVE)').all()
      return
    }
    this.#rest = Promise.withResolvers()
    clearTimeout(this.#idle)
    this.#worker ??= this.#start()
    // Whoever waits for the disk now is served first.
    setTimeout(() => this.#worker?.postMessage('go'), settleMs).unref()
  }

  /** Over when the thread is done; undefined where it is. */
  get underWay(): Promise<void> | undefined {
    return this.#rest?.promise
  }

  async close() {
    this.#isLeftToSqlite = true
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(workerFile ?? 'checkpoint-worker.js', { workerData: { file: this.#file } })
    worker.unref()
    worker.on('message', () => {
      this.#done()
      this.#idle = setTimeout(() => {
        this.#worker = undefined
        void worker.terminate()
      }, idleMs).unref()
    })
    // What keeps it from working is heard where the writing connection meets it.
    worker.on('error', () => this.#leaveToSqlite(worker))
    worker.on('exit', () => this.#leaveToSqlite(worker))
    return worker
  }

  #done() {
    this.#rest?.resolve()
    this.#rest = undefined
  }

  #leaveToSqlite(worker: Worker) {
    this.#done()
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#isLeftToSqlite = true
    this.#connection.exec(`PRAGMA wal_autocheckpoint = ${pagesAtOnce}`)
  }
}

interface WalState {
  log: number
  checkpointed: number
}
