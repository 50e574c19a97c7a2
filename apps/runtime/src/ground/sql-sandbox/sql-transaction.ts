import { ToolError } from '../tool-error.ts'
import type { SqlChanges, SqlMode, SqlRows, WorkerRequest } from './messages.ts'
import type { SqlStatement } from './user-sql.ts'
import type { Patience } from './worker-process.ts'

/** Where a transaction goes on, one step at a time. */
export interface TransactionSession {
  readonly isAlive: boolean
  /** Throws a `ToolError` for whatever is refused, and for its own end, which undoes everything. */
  ask(step: TransactionStep, patience: Patience): Promise<unknown>
  kill(): void
}

export type TransactionStep = Exclude<WorkerRequest, { kind: 'once' | 'copy' | 'begin' }>

/** Open until it is committed, rolled back, or what it goes on in is killed, which rolls back as well. */
export class SqlTransaction {
  readonly #session: TransactionSession
  readonly #release: () => void
  #depth = 1
  #ended = false
  /** Calls come side by side, and the worker does one thing at a time. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(session: TransactionSession, release: () => void) {
    this.#session = session
    this.#release = release
  }

  get isOpen(): boolean {
    return !this.#ended && this.#session.isAlive
  }

  /** 1 for the transaction itself, one more for each savepoint. */
  get depth(): number {
    return this.isOpen ? this.#depth : 0
  }

  async query(statement: SqlStatement): Promise<SqlRows> {
    return (await this.#run('query', statement)) as SqlRows
  }

  async exec(statement: SqlStatement): Promise<SqlChanges> {
    return (await this.#run('exec', statement)) as SqlChanges
  }

  savepoint(timeoutMs: number): Promise<number> {
    return this.#inTurn(async () => {
      await this.#session.ask({ kind: 'savepoint', depth: this.#depth + 1 }, { timeoutMs })
      return ++this.#depth
    })
  }

  /** Ends the innermost level; what is left is the depth. */
  commit(timeoutMs: number): Promise<number> {
    return this.#inTurn(() => this.#end('release', 'commit', timeoutMs))
  }

  rollback(timeoutMs: number): Promise<number> {
    return this.#inTurn(() => this.#end('rollback_to', 'rollback', timeoutMs))
  }

  /** Undoes everything, at once and whatever it is doing. */
  abandon() {
    this.#ended = true
    this.#session.kill()
    this.#release()
  }

  async #end(inner: 'release' | 'rollback_to', outer: 'commit' | 'rollback', timeoutMs: number): Promise<number> {
    const step = this.#depth > 1 ? { kind: inner, depth: this.#depth } : { kind: outer }
    try {
      await this.#session.ask(step, { timeoutMs })
    } finally {
      if (!this.#session.isAlive) this.abandon()
    }
    if (--this.#depth > 0) return this.#depth
    this.#ended = true
    this.#release()
    return 0
  }

  #run(mode: SqlMode, { signal, ...statement }: SqlStatement): Promise<unknown> {
    return this.#inTurn(async () => {
      try {
        return await this.#session.ask({ kind: 'run', ...flat(mode, statement) }, patience(statement, signal))
      } catch (error) {
        if (this.#session.isAlive) throw error
        this.abandon()
        throw new ToolError(`${(error as Error).message}; the whole transaction was rolled back`)
      }
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      if (!this.isOpen) throw new ToolError('the transaction is over')
      return work()
    })
    this.#last = done.catch(() => {})
    return done
  }
}

export function flat(
  mode: SqlMode,
  { statement, args = [], limits: { maxRows, maxBytes } }: Omit<SqlStatement, 'signal'>,
) {
  return { mode, statement, args, maxRows, maxBytes }
}

export function patience({ limits: { timeoutMs } }: Pick<SqlStatement, 'limits'>, signal: AbortSignal | undefined) {
  return { timeoutMs, signal }
}
