import type { Clock } from '../clock.ts'
import { ToolError } from '../tool-error.ts'
import type { CopiedRows, OpenDatabase, SnapshotRecipe, SqlChanges, SqlMode, SqlRows, SqlView } from './messages.ts'
import { type SnapshotOptions, Snapshots } from './snapshots.ts'
import { type PoolOptions, WorkerPool } from './worker-pool.ts'
import type { WorkerProcess } from './worker-process.ts'

export interface SqlStatement {
  statement: string
  args?: readonly unknown[]
  limits: { timeoutMs: number; maxRows: number; maxBytes: number }
  signal?: AbortSignal | undefined
}

export interface SqlTarget {
  /** Absolute path, made by the caller and never from what a statement says. A query of no file sees an empty database. */
  file: string
  /** All there is to see, where the file is not the statement's own. Only for queries. */
  views?: readonly SqlView[]
  /** Whether WITH RECURSIVE is open. */
  recursive?: boolean
  maxFileBytes?: number
  /** Statements of one owner share a part of the workers, so that nobody gets in everybody's way. */
  owner: string
}

/** Rows of a database that belong to others as well. */
export interface SnapshotTarget {
  /** Whose rows these are: the same key is the same rows. */
  key: string
  /** Grows with every change of the rows. */
  version: number
  recipe: SnapshotRecipe
  /** Of what the recipe reported: the version that was copied, and what there is to see. */
  read(report: CopiedRows['report']): { version: number; views: readonly SqlView[] }
  owner: string
}

/** Runs SQL that users and agents wrote, away from everything else. Whatever goes wrong is a `ToolError`. */
export interface SqlSandbox {
  query(target: SqlTarget, statement: SqlStatement): Promise<SqlRows>
  exec(target: SqlTarget, statement: SqlStatement): Promise<SqlChanges>
  /** Asks a copy of the rows, made for the question unless one is kept: where the statement runs, there are no others. */
  querySnapshot(target: SnapshotTarget, statement: SqlStatement): Promise<SqlRows>
  /** A transaction with a process of its own, until it is ended. */
  begin(target: SqlTarget, patience: { timeoutMs: number; signal?: AbortSignal }): Promise<SqlTransaction>
  /** Before the file is removed; resolves when nothing has it open that is not running a statement. */
  letGoOf(file: string): Promise<void>
  close(): Promise<void>
}

const MiB = 1024 * 1024

export interface SqlSandboxOptions extends Partial<PoolOptions> {
  clock: Clock
  /** Where copies of rows are kept. Nothing else may be in it. */
  snapshotDir: string
  snapshots?: Partial<SnapshotOptions>
}

export function createSqlSandbox(given: SqlSandboxOptions): SqlSandbox {
  const { clock, snapshotDir: dir, maxReserved = 16, snapshots: ofSnapshots, ...options } = given
  const snapshots = new Snapshots({ clock, dir, maxCount: 64, maxBytes: 1024 * MiB, keptMs: 600_000, ...ofSnapshots })
  const pool = new WorkerPool({
    clock,
    size: 4,
    perOwner: 2,
    shareMs: 1000,
    maxReserved,
    maxReservedPerOwner: Math.ceil(maxReserved / 2),
    idleMs: 60_000,
    maxRssBytes: 384 * MiB,
    maxTotalBytes: 768 * MiB,
    ...options,
  })
  const once = (mode: SqlMode, target: SqlTarget, { signal, ...statement }: SqlStatement) => {
    const database = opened(target, mode === 'query')
    return pool.ask(target.owner, { kind: 'once', database, ...flat(mode, statement) }, patience(statement, signal))
  }
  return {
    query: async (target, statement) => (await once('query', target, statement)) as SqlRows,
    querySnapshot: ({ key, version, recipe, read, owner }, { signal, ...statement }) =>
      pool.inTurn(owner, patience(statement, signal), (ask) =>
        snapshots.use(
          { key: `${recipe.source} ${key}`, version },
          async (into) => {
            const { maxBytes } = snapshots
            const copied = (await inWords(ask({ kind: 'copy', ...recipe, into, maxBytes }), maxBytes)) as CopiedRows
            return { ...copied, version: read(copied.report).version }
          },
          async ({ file, report }) => {
            const { views } = read(report)
            const database = { file, readOnly: true, immutable: true, views, recursive: false }
            return (await ask({ kind: 'once', database, ...flat('query', statement) })) as SqlRows
          },
        ),
      ),
    exec: async (target, statement) => (await once('exec', target, statement)) as SqlChanges,
    async begin(target, given) {
      const { worker, release } = pool.reserve(target.owner)
      try {
        await worker.ask({ kind: 'begin', database: opened(target, false) }, given)
        return new SqlTransaction(worker, release)
      } catch (error) {
        worker.kill()
        release()
        throw error
      }
    },
    letGoOf: (file) => pool.letGoOf(file),
    async close() {
      await pool.close()
      snapshots.close()
    },
  }
}

async function inWords<T>(copying: Promise<T>, maxBytes: number): Promise<T> {
  try {
    return await copying
  } catch (error) {
    if (!/disk is full/.test((error as Error).message)) throw error
    throw new ToolError(
      `these rows take more than the ${maxBytes} bytes that a copy for SQL may; LOOMCYCLE_SQL_SNAPSHOT_MAX_BYTES would allow it`,
    )
  }
}

/** Open until it is committed, rolled back, or its process is killed, which rolls back as well. */
export class SqlTransaction {
  readonly #worker: WorkerProcess
  readonly #release: () => void
  #depth = 1
  #ended = false
  /** Calls come side by side, and the worker does one thing at a time. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(worker: WorkerProcess, release: () => void) {
    this.#worker = worker
    this.#release = release
  }

  get isOpen(): boolean {
    return !this.#ended && this.#worker.isAlive
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
      await this.#worker.ask({ kind: 'savepoint', depth: this.#depth + 1 }, { timeoutMs })
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
    this.#worker.kill()
    this.#release()
  }

  async #end(inner: 'release' | 'rollback_to', outer: 'commit' | 'rollback', timeoutMs: number): Promise<number> {
    const request = this.#depth > 1 ? { kind: inner, depth: this.#depth } : { kind: outer }
    try {
      await this.#worker.ask(request, { timeoutMs })
    } finally {
      if (!this.#worker.isAlive) this.abandon()
    }
    if (--this.#depth > 0) return this.#depth
    this.#ended = true
    this.#release()
    return 0
  }

  #run(mode: SqlMode, { signal, ...statement }: SqlStatement): Promise<unknown> {
    return this.#inTurn(async () => {
      try {
        return await this.#worker.ask({ kind: 'run', ...flat(mode, statement) }, patience(statement, signal))
      } catch (error) {
        if (this.#worker.isAlive) throw error
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

function opened({ file, views, recursive = false, maxFileBytes }: SqlTarget, readOnly: boolean): OpenDatabase {
  return { file, readOnly, recursive, ...(views && { views }), ...(maxFileBytes !== undefined && { maxFileBytes }) }
}

function flat(mode: SqlMode, { statement, args = [], limits: { maxRows, maxBytes } }: Omit<SqlStatement, 'signal'>) {
  return { mode, statement, args, maxRows, maxBytes }
}

function patience({ limits: { timeoutMs } }: Pick<SqlStatement, 'limits'>, signal: AbortSignal | undefined) {
  return { timeoutMs, signal }
}
