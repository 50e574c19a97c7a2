import type { SQLInputValue } from 'node:sqlite'
import { RuntimeError } from '@loomcycle/proto'
import type { Connection } from './node-sqlite.ts'

export interface Statement {
  sql: string
  parameters: readonly unknown[]
  /** The unit fails, and undoes itself, when this statement changes no row. */
  mustChange?: boolean
}

/** Statements that are on disk together or not at all. */
interface Unit {
  statements: readonly Statement[]
  /** Runs right after the commit, in commit order, before anything else can happen. */
  onCommit: (() => void) | undefined
  resolve: () => void
  reject: (error: unknown) => void
}

/** Nothing changed where a row had to: somebody else was faster. */
export class NothingChangedError extends Error {
  override name = 'NothingChangedError'
}

/** Between two commits, once several writers share them: fewer, fuller commits move more rows. */
const paceMs = 2
const busyBatch = 4
const fullBatch = 400

/**
 * The one writer of the process. Units that arrive close together share a transaction, and with it one fsync;
 * a lone unit is committed at the end of the tick it arrived in.
 */
export class CommitWriter {
  readonly #connection: Connection
  #queue: Unit[] = []
  #timer: NodeJS.Timeout | undefined
  #immediate: NodeJS.Immediate | undefined
  #lastCommit = 0
  #lastBatch = 0
  /** Tail of the chain of exclusive transactions; units wait while one is open. */
  #exclusive: Promise<unknown> = Promise.resolve()
  #openTransactions = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  write(statements: readonly Statement[], onCommit?: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ statements, onCommit, resolve, reject })
      this.#schedule()
    })
  }

  /** Runs `work` alone on the writing connection, in one transaction. `work` may only await its own statements. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    this.#openTransactions++
    const run = this.#exclusive.then(async () => {
      try {
        this.#connection.raw.exec('BEGIN IMMEDIATE')
        try {
          const result = await work()
          this.#connection.raw.exec('COMMIT')
          return result
        } catch (error) {
          rollback(this.#connection)
          throw error
        }
      } finally {
        this.#openTransactions--
        this.#schedule()
      }
    })
    this.#exclusive = run.catch(() => {})
    return run
  }

  /** Everything that was handed over is on disk, or was refused. */
  async drain(): Promise<void> {
    await this.#exclusive
    this.#flush()
  }

  #schedule() {
    if (this.#queue.length === 0 || this.#openTransactions > 0 || this.#immediate) return
    const wait = this.#lastBatch < busyBatch ? 0 : this.#lastCommit + paceMs - performance.now()
    if (wait <= 0 || this.#queue.length >= fullBatch) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#immediate = setImmediate(() => {
        this.#immediate = undefined
        this.#flush()
      })
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        this.#flush()
      }, wait)
    }
  }

  #flush() {
    if (this.#queue.length === 0 || this.#openTransactions > 0) return
    const units = this.#queue
    this.#queue = []
    try {
      this.#commit(units)
      for (const unit of units) settle(unit)
    } catch (error) {
      if (units.length === 1) units[0]!.reject(storeError(error))
      else this.#commitOneByOne(units)
    }
    this.#lastCommit = performance.now()
    this.#lastBatch = units.length
    this.#schedule()
  }

  /** One bad unit must not take its neighbours with it. */
  #commitOneByOne(units: readonly Unit[]) {
    for (const unit of units) {
      try {
        this.#commit([unit])
        settle(unit)
      } catch (error) {
        unit.reject(storeError(error))
      }
    }
  }

  #commit(units: readonly Unit[]) {
    this.#connection.raw.exec('BEGIN IMMEDIATE')
    try {
      for (const unit of units) {
        for (const { sql, parameters, mustChange } of unit.statements) {
          const { changes } = this.#connection.prepare(sql).run(...(parameters as SQLInputValue[]))
          if (mustChange && changes === 0) throw new NothingChangedError('no row changed')
        }
      }
      this.#connection.raw.exec('COMMIT')
    } catch (error) {
      rollback(this.#connection)
      throw error
    }
  }
}

function settle(unit: Unit) {
  unit.onCommit?.()
  unit.resolve()
}

function rollback(connection: Connection) {
  // A failed COMMIT (disk full) may have ended the transaction already.
  if (connection.raw.isTransaction) connection.raw.exec('ROLLBACK')
}

const outOfService = /SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|BUSY)|disk is full|readonly|malformed|locked/i

function storeError(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error)
  return outOfService.test(message)
    ? new RuntimeError(
        'store_unavailable',
        `The database cannot be written: ${message}. Nothing was stored; try again once it can.`,
      )
    : error
}
