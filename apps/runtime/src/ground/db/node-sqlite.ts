import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely'
import { storeError } from '../store-error.ts'
import { provideFunctions } from './functions.ts'
import type { StoreHealth } from './health/store-health.ts'
import type { Schema } from './schema/index.ts'
import { StatementCache } from './statement-cache.ts'
import { uniqueError } from './unique-error.ts'

/** More shapes than the code has; queries that are put together as they are asked for come and go. */
const keptStatements = 256

export interface ConnectionOptions {
  readOnly: boolean
  /** Hears of every failure of the store, and may refuse its use. */
  health?: StoreHealth
}

/** One connection of `node:sqlite` with the statements it ran lately, prepared. */
export class Connection {
  readonly raw: DatabaseSync
  readonly #purpose: 'read' | 'written'
  readonly #health: StoreHealth | undefined
  readonly #statements = new StatementCache(keptStatements, (sql) => this.#prepared(sql))

  constructor(file: string, { readOnly, health }: ConnectionOptions) {
    this.#purpose = readOnly ? 'read' : 'written'
    this.#health = health
    this.raw = this.#guarded(() => new DatabaseSync(file, { readOnly, timeout: 5000 }))
    provideFunctions(this.raw)
    this.exec(
      readOnly
        ? 'PRAGMA query_only = ON'
        : 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON',
    )
  }

  prepare(sql: string): Prepared {
    return this.#statements.get(sql)
  }

  exec(sql: string) {
    this.#guarded(() => this.raw.exec(sql))
  }

  /** Ends the transaction that is open; what fills the disk may have ended it already. */
  rollback() {
    if (this.raw.isOpen && this.raw.isTransaction) this.raw.exec('ROLLBACK')
  }

  close() {
    this.#statements.clear()
    this.raw.close()
  }

  #prepared(sql: string): Prepared {
    const statement = this.#guarded(() => this.raw.prepare(sql))
    return new Prepared(statement, this.#health, this.#failed)
  }

  #guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw this.#failed(error)
    }
  }

  readonly #failed = (error: unknown): unknown => {
    const failure = uniqueError(error) ?? storeError(error, this.#purpose)
    this.#health?.failed(failure)
    return failure
  }
}

/** A statement, as our own code and Kysely's SQLite dialect want it. */
export class Prepared implements SqliteStatement {
  readonly #statement: StatementSync
  readonly #health: StoreHealth | undefined
  readonly #failed: (error: unknown) => unknown
  #reader: boolean | undefined

  constructor(statement: StatementSync, health: StoreHealth | undefined, failed: (error: unknown) => unknown) {
    this.#statement = statement
    this.#health = health
    this.#failed = failed
  }

  get reader(): boolean {
    return (this.#reader ??= this.#statement.columns().length > 0)
  }

  all(parameters: readonly unknown[] = []): unknown[] {
    this.#health?.requireOurs()
    try {
      return this.#statement.all(...(parameters as SQLInputValue[]))
    } catch (error) {
      throw this.#failed(error)
    }
  }

  run(parameters: readonly unknown[] = []) {
    this.#health?.requireOurs()
    try {
      return this.#statement.run(...(parameters as SQLInputValue[]))
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** Whole: a statement that somebody is still reading could be asked for again. */
  iterate(parameters: readonly unknown[] = []): IterableIterator<unknown> {
    return this.all(parameters)[Symbol.iterator]()
  }
}

export function kyselyOver(connection: Pick<Connection, 'prepare'>): Kysely<Schema> {
  const database = { prepare: (sql: string) => connection.prepare(sql), close: () => {} }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
}
