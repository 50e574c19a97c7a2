import type { CopiedRows, SqlChanges, SqlRows, SqlView, TrustedStatement } from './messages.ts'
import type { SqlTransaction } from './sql-transaction.ts'

export interface SqlStatement {
  statement: string
  args?: readonly unknown[]
  limits: { timeoutMs: number; maxRows: number; maxBytes: number }
  signal?: AbortSignal | undefined
}

/** Whose database it is; made by the caller, never from what a statement says. */
export interface SqlPlace {
  tenantId: string
  scope: string
  scopeId: string
}

export interface ScopeTarget {
  place: SqlPlace
  /** What its database may take. */
  maxBytes: number
  /** Statements of one owner share a part of what there is, so that nobody gets in everybody's way. */
  owner: string
}

/** Rows of a database that belong to others as well. */
export interface RowsTarget {
  /** Whose rows these are: the same key is the same rows. */
  key: string
  /** Grows with every change of the rows. */
  version: number
  rows: SharedRows
  /** Of what was reported: the version that was looked at, and what there is to see. */
  read(report: CopiedRows['report']): { version: number; views: readonly SqlView[] }
  owner: string
}

/** Statements of our own about rows of the database `source`. */
export interface SharedRows {
  tables: readonly SharedTable[]
  /** Of a copy, beside the tables. */
  indexes: readonly string[]
  /** Answers with one row, about what is in the tables. */
  report: TrustedStatement
}

export interface SharedTable {
  name: string
  columns: readonly string[]
  /** What it is made by where it is a copy. */
  create: string
  /** What is in it: from tables named `source.…`, and from those before it, named `main.…`. */
  select: TrustedStatement
}

/** What whoever writes SQL has to know of the database that runs it. */
export interface SqlDialect {
  name: 'SQLite' | 'PostgreSQL'
  /** How the places for values are written. */
  places: string
  /** What else is not as others might expect; begins with a comma, or is empty. */
  advice: string
}

/** Runs SQL that users and agents wrote, away from everything else. Whatever goes wrong is a `ToolError`. */
export interface UserSql {
  readonly dialect: SqlDialect
  query(target: ScopeTarget, statement: SqlStatement): Promise<SqlRows>
  exec(target: ScopeTarget, statement: SqlStatement): Promise<SqlChanges>
  begin(target: ScopeTarget, patience: { timeoutMs: number; signal?: AbortSignal }): Promise<SqlTransaction>
  /** Everything in it is gone. */
  drop(place: SqlPlace): Promise<void>
  /** Drops what was of runs, unless they are alive. */
  dropRuns(isAlive: (runId: string) => Promise<boolean>): Promise<void>
  /** Asks rows that are others' as well: where the statement runs, there are none but those of the target. */
  ask(target: RowsTarget, statement: SqlStatement): Promise<SqlRows>
  close(): Promise<void>
}
