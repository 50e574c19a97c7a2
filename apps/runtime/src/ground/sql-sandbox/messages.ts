/** What the runtime says to a worker process and what comes back. Only values that survive structured cloning. */
export type WorkerRequest =
  | ({ kind: 'once'; database: OpenDatabase } & RunStatement)
  | ({ kind: 'copy' } & CopyRows)
  | { kind: 'begin'; database: OpenDatabase }
  | ({ kind: 'run' } & RunStatement)
  | { kind: 'savepoint' | 'release' | 'rollback_to'; depth: number }
  | { kind: 'commit' | 'rollback' }

export interface OpenDatabase {
  /** Absolute. Read as an empty database where there is none. */
  file: string
  readOnly: boolean
  /** Nobody writes to it as long as it is there. */
  immutable?: boolean
  /** What may be seen of the file; undefined for all of it, as its owner. */
  views?: readonly SqlView[]
  recursive: boolean
  /** The file may grow to this. */
  maxFileBytes?: number
}

/** Statements of our own that copy rows from `source.…` into tables of `main.…`, all at the same moment. */
export interface SnapshotRecipe {
  /** Absolute path of the database to read from. */
  source: string
  steps: readonly TrustedStatement[]
  /** Answers with one row, about what was copied. */
  report: TrustedStatement
}

export interface TrustedStatement {
  sql: string
  args?: readonly unknown[]
}

export interface CopyRows extends SnapshotRecipe {
  /** Absolute path of the file to make. */
  into: string
  maxBytes: number
}

export interface CopiedRows {
  bytes: number
  report: Record<string, unknown>
}

export interface SqlView {
  name: string
  /**
   * A trusted SELECT over tables of the file, named `main.…`. It must not use WITH, and must read a column of every table
   * it uses: what a view reads is told from what the caller reads by who asks, and in those two cases SQLite does not say.
   */
  select: string
}

export interface RunStatement {
  mode: SqlMode
  statement: string
  args: readonly unknown[]
  maxRows: number
  maxBytes: number
}

export type SqlMode = 'query' | 'exec'

export type WorkerReply = { ok: true; result: unknown } | { ok: false; message: string }

export interface SqlRows {
  columns: string[]
  rows: unknown[][]
  truncated: boolean
}

export interface SqlChanges {
  rows_affected: number
  /** 0 where no row was inserted. */
  last_insert_id: number | string
  /** What RETURNING asks for. */
  columns?: string[]
  rows?: unknown[][]
  truncated?: boolean
}
