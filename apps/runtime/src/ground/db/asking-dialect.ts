import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
} from 'kysely'
import type { Schema } from './schema/index.ts'

export interface Answer {
  rows: unknown[]
  /** Of rows that were changed. */
  rowCount?: number | null
}

/** Has a statement run, by whoever takes it. */
export type Ask = (sql: string, parameters: readonly unknown[]) => Promise<Answer>

/** Statements are written here and asked elsewhere, one by one: transactions are begun and ended by whoever takes them. */
export function kyselyAsking(ask: Ask, parts: Omit<Dialect, 'createDriver'>): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: { ...parts, createDriver: () => new AskingDriver(new AskingConnection(ask)) } })
}

class AskingConnection implements DatabaseConnection {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount } = await this.#ask(sql, parameters)
    return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
  }

  streamQuery(): never {
    throw new Error('rows are asked for whole')
  }
}

class AskingDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  async init() {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  beginTransaction = refuse
  commitTransaction = refuse
  rollbackTransaction = refuse

  async releaseConnection() {}
  async destroy() {}
}

async function refuse(): Promise<never> {
  throw new Error('one statement is asked at a time')
}
