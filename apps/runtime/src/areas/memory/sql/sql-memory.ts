import type { SqlScope } from '@loomcycle/proto'
import type { Clock } from '../../../ground/clock.ts'
import type { SqlMemorySettings } from '../../../ground/config/config.ts'
import type { SqlChanges, SqlRows } from '../../../ground/sql-sandbox/messages.ts'
import type { SqlTransaction } from '../../../ground/sql-sandbox/sql-transaction.ts'
import type { ScopeTarget, SqlDialect, SqlPlace, SqlStatement, UserSql } from '../../../ground/sql-sandbox/user-sql.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { type Caller, personOf, type RunCaller } from '../../../tools/caller.ts'
import { sqlPlaceFor } from '../access.ts'

export interface SqlMemoryOptions {
  sql: UserSql
  clock: Clock
  settings: SqlMemorySettings
}

export interface StatementInput {
  statement: string
  args?: unknown[]
  timeout_ms?: number
}

interface OpenTransaction {
  runId: string
  place: SqlPlace
  transaction: SqlTransaction
  disarm(): void
}

/** Databases of agents' own: one a scope, and the transactions that are open on them. */
export class SqlMemory {
  readonly #sql: UserSql
  readonly #clock: Clock
  readonly #settings: SqlMemorySettings
  /** By run and place. */
  readonly #open = new Map<string, Promise<OpenTransaction>>()

  constructor({ sql, clock, settings }: SqlMemoryOptions) {
    this.#sql = sql
    this.#clock = clock
    this.#settings = settings
  }

  get dialect(): SqlDialect {
    return this.#sql.dialect
  }

  async query(caller: Caller, scope: SqlScope, input: StatementInput): Promise<SqlRows> {
    const target = this.#target(caller, scope)
    const statement = this.#statement(input, caller.signal)
    const open = await this.#transaction(caller, target)
    return open ? open.query(statement) : this.#sql.query(target, statement)
  }

  async exec(caller: Caller, scope: SqlScope, input: StatementInput): Promise<SqlChanges> {
    const target = this.#target(caller, scope)
    const statement = this.#statement(input, caller.signal)
    const open = await this.#transaction(caller, target)
    return open ? open.exec(statement) : this.#sql.exec(target, statement)
  }

  /** Each returns how many levels are open afterwards. */
  async begin(caller: RunCaller, scope: SqlScope): Promise<number> {
    const target = this.#target(caller, scope)
    const open = await this.#transaction(caller, target)
    const { maxTransactionDepth, statementTimeoutMs: timeoutMs } = this.#settings
    if (!open) return this.#start(caller, target)
    if (open.depth >= maxTransactionDepth) {
      throw new ToolError(`${open.depth} transactions are open one inside the other, which is as deep as they go`)
    }
    return open.savepoint(timeoutMs)
  }

  async commit(caller: RunCaller, scope: SqlScope): Promise<number> {
    return this.#leave(caller, scope, (open, timeoutMs) => open.commit(timeoutMs))
  }

  async rollback(caller: RunCaller, scope: SqlScope): Promise<number> {
    return this.#leave(caller, scope, (open, timeoutMs) => open.rollback(timeoutMs))
  }

  /** What a run left open is undone; what only it and its sub-agents had is gone with it. */
  async runEnded(run: { id: string; rootRunId: string; tenantId: string }): Promise<void> {
    for (const opening of [...this.#open.values()]) {
      const open = await opening.catch(() => undefined)
      if (open?.runId !== run.id) continue
      open.transaction.abandon()
      this.#forget(open)
    }
    if (run.id !== run.rootRunId) return
    await this.#sql.drop({ tenantId: run.tenantId, scope: 'run', scopeId: run.id })
  }

  /** Removes what was of runs that ended while nobody was there to see it. */
  sweep(isLive: (runId: string) => Promise<boolean>): Promise<void> {
    return this.#sql.dropRuns(isLive)
  }

  async #start({ run, signal }: RunCaller, target: ScopeTarget): Promise<number> {
    const { statementTimeoutMs, transactionTimeoutMs } = this.#settings
    const key = keyOf(run.id, target.place)
    const opening = this.#sql.begin(target, { timeoutMs: statementTimeoutMs, signal }).then(
      (transaction): OpenTransaction => ({
        runId: run.id,
        place: target.place,
        transaction,
        disarm: this.#clock.after(transactionTimeoutMs, () => transaction.abandon()),
      }),
    )
    // Known at once, so that a second begin of the same run opens a level and not another transaction.
    this.#open.set(key, opening)
    try {
      return (await opening).transaction.depth
    } catch (error) {
      this.#open.delete(key)
      throw error
    }
  }

  async #leave(
    caller: RunCaller,
    scope: SqlScope,
    how: (open: SqlTransaction, timeoutMs: number) => Promise<number>,
  ): Promise<number> {
    const target = this.#target(caller, scope)
    const open = await this.#transaction(caller, target)
    if (!open) throw new ToolError('no transaction is open; sql_begin opens one')
    const depth = await how(open, this.#settings.statementTimeoutMs)
    if (depth === 0) await this.#forgetAt(keyOf(caller.run.id, target.place))
    return depth
  }

  /** The run's own there. One that was stopped is said to be gone, once: what follows would not be in it. */
  async #transaction({ run }: Caller, { place }: ScopeTarget): Promise<SqlTransaction | undefined> {
    if (!run) return undefined
    const key = keyOf(run.id, place)
    const open = await this.#open.get(key)?.catch(() => undefined)
    if (!open) return undefined
    if (open.transaction.isOpen) return open.transaction
    this.#forget(open)
    throw new ToolError(
      `the transaction was rolled back: it was open for longer than ${this.#settings.transactionTimeoutMs} ms, or a statement in it was stopped`,
    )
  }

  async #forgetAt(key: string) {
    const open = await this.#open.get(key)
    if (open) this.#forget(open)
  }

  #forget(open: OpenTransaction) {
    open.disarm()
    this.#open.delete(keyOf(open.runId, open.place))
  }

  #target(caller: Caller, scope: SqlScope): ScopeTarget {
    return {
      place: sqlPlaceFor(caller, scope),
      maxBytes: caller.run?.agent.sqlQuotaBytes ?? this.#settings.quotaBytes,
      owner: personOf(caller),
    }
  }

  #statement({ statement, args, timeout_ms }: StatementInput, signal: AbortSignal): SqlStatement {
    const { statementTimeoutMs, maxRows, maxBytes } = this.#settings
    const timeoutMs = Math.min(timeout_ms ?? statementTimeoutMs, statementTimeoutMs)
    return { statement, ...(args && { args }), limits: { timeoutMs, maxRows, maxBytes }, signal }
  }
}

function keyOf(runId: string, { tenantId, scope, scopeId }: SqlPlace): string {
  return JSON.stringify([runId, tenantId, scope, scopeId])
}
