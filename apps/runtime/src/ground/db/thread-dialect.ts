import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Asker, ReadingThread } from './reading-thread.ts'
import type { Schema } from './schema/index.ts'

/** Statements are written as for the connection of this thread, and asked of the reading thread. */
export function kyselyAside(thread: ReadingThread, asker: Asker): Kysely<Schema> {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ThreadDriver(new ThreadConnection(thread, asker)),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  return new Kysely<Schema>({ dialect })
}

class ThreadConnection implements DatabaseConnection {
  readonly #thread: ReadingThread
  readonly #asker: Asker

  constructor(thread: ReadingThread, asker: Asker) {
    this.#thread = thread
    this.#asker = asker
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return { rows: (await this.#thread.ask({ sql, parameters }, this.#asker)) as R[] }
  }

  streamQuery(): never {
    throw readsOnly()
  }
}

class ThreadDriver implements Driver {
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
  throw readsOnly()
}

function readsOnly() {
  return new Error('the reading thread answers whole questions, one by one')
}
