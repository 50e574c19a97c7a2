import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely'
import type { Schema } from './schema/index.ts'

/** One connection of `node:sqlite` with its prepared statements kept by text. */
export class Connection {
  readonly raw: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(file: string, options: { readOnly: boolean }) {
    this.raw = new DatabaseSync(file, { readOnly: options.readOnly, timeout: 5000 })
    this.raw.exec(
      options.readOnly
        ? 'PRAGMA query_only = ON'
        : 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000',
    )
  }

  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.raw.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  close() {
    this.#statements.clear()
    this.raw.close()
  }
}

/** Kysely's SQLite dialect expects a driver with `reader`, `all(array)` and `run(array)`. */
export function kyselyOver(connection: Connection): Kysely<Schema> {
  const prepared = new Map<string, SqliteStatement>()
  const prepare = (sql: string) => {
    let statement = prepared.get(sql)
    if (!statement) prepared.set(sql, (statement = toKysely(connection.prepare(sql))))
    return statement
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: { prepare, close: () => {} } }) })
}

function toKysely(statement: StatementSync): SqliteStatement {
  const all = (parameters: readonly unknown[]) => statement.all(...(parameters as SQLInputValue[]))
  return {
    reader: statement.columns().length > 0,
    all,
    iterate: (parameters) => all(parameters)[Symbol.iterator](),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
  }
}
