import type { Clock } from '../clock.ts'
import { ToolError } from '../tool-error.ts'
import type { CopiedRows, OpenDatabase, SnapshotRecipe, SqlChanges, SqlMode, SqlRows, SqlView } from './messages.ts'
import { type SnapshotOptions, Snapshots } from './snapshots.ts'
import { flat, patience, SqlTransaction, type TransactionSession } from './sql-transaction.ts'
import { inWords } from './sqlite-words.ts'
import type { SqlStatement } from './user-sql.ts'
import { type PoolOptions, WorkerPool } from './worker-pool.ts'
import type { WorkerProcess } from './worker-process.ts'

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
            const copied = (await inWordsOfCopies(
              ask({ kind: 'copy', ...recipe, into, maxBytes }),
              maxBytes,
            )) as CopiedRows
            return { ...copied, version: read(copied.report).version }
          },
          async ({ file, report }) => {
            const { views } = read(report)
            const database = { file, readOnly: true, immutable: true, views, recursive: false }
            return (await ask({ kind: 'once', database, ...flat('query', statement) })) as SqlRows
          },
        ),
      ),
    exec: async (target, statement) => (await inWords(once('exec', target, statement))) as SqlChanges,
    async begin(target, given) {
      const { worker, release } = pool.reserve(target.owner)
      try {
        await inWords(worker.ask({ kind: 'begin', database: opened(target, false) }, given))
        return new SqlTransaction(inItsWords(worker), release)
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

function inItsWords(worker: WorkerProcess): TransactionSession {
  return {
    get isAlive() {
      return worker.isAlive
    },
    ask: (step, patience) => inWords(worker.ask(step, patience)),
    kill: () => worker.kill(),
  }
}

async function inWordsOfCopies<T>(copying: Promise<T>, maxBytes: number): Promise<T> {
  try {
    return await copying
  } catch (error) {
    if (!/disk is full/.test((error as Error).message)) throw error
    throw new ToolError(
      `these rows take more than the ${maxBytes} bytes that a copy for SQL may; LOOMCYCLE_SQL_SNAPSHOT_MAX_BYTES would allow it`,
    )
  }
}

function opened({ file, views, recursive = false, maxFileBytes }: SqlTarget, readOnly: boolean): OpenDatabase {
  return { file, readOnly, recursive, ...(views && { views }), ...(maxFileBytes !== undefined && { maxFileBytes }) }
}
