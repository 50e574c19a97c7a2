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
/** Beyond it the writing connection takes them in itself, which is little: the thread has done most by then. */
const pagesAtMost = 16 * pagesAtOnce
const idleMs = 10_000
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
  #isUnderWay = false
  #isLeftToSqlite = false

  constructor(connection: Connection, file: string, health: StoreHealth) {
    this.#connection = connection
    this.#file = file
    this.#health = health
    connection.exec(`PRAGMA wal_autocheckpoint = ${pagesAtMost}`)
  }

  afterCommit() {
    if (this.#isUnderWay || this.#isLeftToSqlite || this.#health.error) return
    const now = performance.now()
    if (now < this.#lookedAt + lookEveryMs) return
    this.#lookedAt = now
    const [state] = this.#connection.prepare('PRAGMA wal_checkpoint(NOOP)').all() as WalState[]
    if (!state || state.log - state.checkpointed < pagesAtOnce) return
    this.#isUnderWay = true
    clearTimeout(this.#idle)
    this.#worker ??= this.#start()
    this.#worker.postMessage('go')
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
      this.#isUnderWay = false
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

  #leaveToSqlite(worker: Worker) {
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
