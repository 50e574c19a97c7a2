import { existsSync, mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SqlScope } from '@loomcycle/proto'
import type { Clock } from '../../../ground/clock.ts'
import type { SqlMemorySettings } from '../../../ground/config/config.ts'
import type { SqlChanges, SqlRows } from '../../../ground/sql-sandbox/messages.ts'
import type { SqlSandbox, SqlStatement, SqlTarget, SqlTransaction } from '../../../ground/sql-sandbox/sql-sandbox.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { type Caller, personOf, type RunCaller } from '../../../tools/caller.ts'
import { type SqlPlace, sqlPlaceFor } from '../access.ts'
import { filesOf, runOfFile, scopeFile } from './scope-file.ts'

export interface SqlMemoryOptions {
  sandbox: SqlSandbox
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
  file: string
  transaction: SqlTransaction
  disarm(): void
}

/** Databases of agents' own: one file a scope, and the transactions that are open on them. */
export class SqlMemory {
  readonly #sandbox: SqlSandbox
  readonly #clock: Clock
  readonly #settings: SqlMemorySettings
  /** By run and file. */
  readonly #open = new Map<string, Promise<OpenTransaction>>()

  constructor({ sandbox, clock, settings }: SqlMemoryOptions) {
    this.#sandbox = sandbox
    this.#clock = clock
    this.#settings = settings
  }

  async query(caller: Caller, scope: SqlScope, input: StatementInput): Promise<SqlRows> {
    const target = this.#target(caller, scope)
    const statement = this.#statement(input, caller.signal)
    const open = await this.#transaction(caller, target)
    return open ? open.query(statement) : this.#sandbox.query(target, statement)
  }

  async exec(caller: Caller, scope: SqlScope, input: StatementInput): Promise<SqlChanges> {
    const target = this.#target(caller, scope)
    const statement = this.#statement(input, caller.signal)
    const open = await this.#transaction(caller, target)
    if (open) return inWords(open.exec(statement))
    makeRoom(target.file)
    return inWords(this.#sandbox.exec(target, statement))
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
    const file = scopeFile(this.#settings.root, { tenantId: run.tenantId, scope: 'run', scopeId: run.id })
    // Nearly every run has none, and this is asked at the end of each.
    if (!existsSync(file)) return
    await this.#sandbox.letGoOf(file)
    await Promise.all(filesOf(file).map((each) => rm(each, { force: true })))
  }

  /** Removes files of runs that ended while nobody was there to see it. */
  async sweep(isLive: (runId: string) => Promise<boolean>): Promise<void> {
    for (const tenant of await readdir(this.#settings.root).catch(() => [])) {
      const dir = join(this.#settings.root, tenant, 'run')
      for (const name of await readdir(dir).catch(() => [])) {
        const runId = runOfFile(name)
        if (runId === undefined || (await isLive(runId))) continue
        await Promise.all(filesOf(join(dir, name)).map((each) => rm(each, { force: true })))
      }
    }
  }

  async #start({ run, signal }: RunCaller, target: SqlTarget): Promise<number> {
    const { statementTimeoutMs, transactionTimeoutMs } = this.#settings
    const key = keyOf(run.id, target.file)
    makeRoom(target.file)
    const opening = inWords(this.#sandbox.begin(target, { timeoutMs: statementTimeoutMs, signal })).then(
      (transaction): OpenTransaction => ({
        runId: run.id,
        file: target.file,
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
    if (depth === 0) await this.#forgetAt(keyOf(caller.run.id, target.file))
    return depth
  }

  /** The run's own on that file. One that was stopped is said to be gone, once: what follows would not be in it. */
  async #transaction({ run }: Caller, { file }: SqlTarget): Promise<SqlTransaction | undefined> {
    if (!run) return undefined
    const key = keyOf(run.id, file)
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
    this.#open.delete(keyOf(open.runId, open.file))
  }

  #target(caller: Caller, scope: SqlScope): SqlTarget {
    const place: SqlPlace = sqlPlaceFor(caller, scope)
    return {
      file: scopeFile(this.#settings.root, place),
      recursive: true,
      maxFileBytes: caller.run?.agent.sqlQuotaBytes ?? this.#settings.quotaBytes,
      owner: personOf(caller),
    }
  }

  #statement({ statement, args, timeout_ms }: StatementInput, signal: AbortSignal): SqlStatement {
    const { statementTimeoutMs, maxRows, maxBytes } = this.#settings
    const timeoutMs = Math.min(timeout_ms ?? statementTimeoutMs, statementTimeoutMs)
    return { statement, ...(args && { args }), limits: { timeoutMs, maxRows, maxBytes }, signal }
  }
}

function keyOf(runId: string, file: string): string {
  return `${runId} ${file}`
}

function makeRoom(file: string) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
}

/** SQLite's words for these say nothing to somebody who does not know how it is set up. */
async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (/disk is full/.test(message)) {
      throw new ToolError('the database is as large as it may be; delete something, or raise sql_quota_bytes')
    }
    if (/database is locked/.test(message)) {
      throw new ToolError('another transaction is open on this database; try again when it is over')
    }
    throw error
  }
}
