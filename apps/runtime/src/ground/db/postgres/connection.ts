import pg from 'pg'
import type { Answer } from '../asking-dialect.ts'
import { Batch, type BatchAnswer } from './batch.ts'
import { clientConfig, toParameter } from './client.ts'
import { named, translated } from './translate.ts'

/**
 * A transaction that somebody left open lets go of its locks after this: its process was stopped, or cut off. Others write
 * nothing until then, and have to before they let go of their runs (`letGoAfterMs` in `ground/replicas/presence.ts`).
 */
const idleInTransactionMs = 2_000

/** One of ours, which comes in few shapes. */
export interface Asked {
  sql: string
  parameters: readonly unknown[]
}

/** One connection for whoever writes: what is asked together goes out together, and each statement is planned once. */
export class Connection {
  readonly #client: pg.Client
  readonly #planned = new Set<string>()
  #broken: Error | undefined
  /** Of the process that serves it. */
  serverPid = 0

  private constructor(client: pg.Client) {
    this.#client = client
    client.on('error', (error: Error) => {
      this.#broken ??= error
    })
    client.on('end', () => {
      this.#broken ??= new Error('the connection to the database has ended')
    })
  }

  static async open(dsn: string): Promise<Connection> {
    const client = new pg.Client(clientConfig(dsn))
    const connection = new Connection(client)
    await client.connect()
    await client.query(`set idle_in_transaction_session_timeout = ${idleInTransactionMs}`)
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    connection.serverPid = rows[0]!.pid
    return connection
  }

  /** Why nothing more can be asked of it. */
  get broken(): Error | undefined {
    return this.#broken
  }

  /** One after the other, as far as none fails. */
  ask(statements: readonly Asked[]): Promise<BatchAnswer> {
    const all = statements.map(({ sql, parameters }) => ({ ...named(sql), parameters }))
    return this.#client.query(new Batch(all, this.#planned)).answer
  }

  /** A statement that comes in many shapes. */
  askOnce(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    return this.#client.query({ text: translated(sql), values: parameters.map(toParameter) })
  }

  /** A word to the server, without parameters; says what came of it. */
  async say(words: string): Promise<string> {
    return (await this.#client.query(words)).command
  }

  /** At once: whatever was asked fails. */
  cut() {
    this.#broken ??= new Error('the database did not answer')
    this.#client.connection.stream.destroy()
  }

  async close() {
    await this.#client.end().catch(() => {})
  }
}
