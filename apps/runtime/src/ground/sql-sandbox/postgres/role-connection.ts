import pg from 'pg'
import { ToolError } from '../../tool-error.ts'
import type { RunStatement } from '../messages.ts'
import type { PortalAnswer } from './portal.ts'
import { Portal } from './portal.ts'
import type { Server } from './roles.ts'
import { toPostgres } from './values.ts'

const MiB = 1024 * 1024
/** A value that is longer cannot be answered, whatever the limits are; it is not taken in to find that out. */
const mostUnread = 16 * MiB

export interface Login {
  server: Server
  role: string
  password: string
  /** What names are looked up in, one after the other. */
  schema: string
  readOnly: boolean
  /** Statements end by themselves after this, should nobody be there to end them; in milliseconds. */
  longestStatement: number
  /** And transactions that nobody goes on with. */
  longestPause: number
}

/** Texts that the rest relies on, and what one statement may take. Who may not say SET cannot change them. */
function settingsOf({ schema, readOnly, longestStatement, longestPause }: Login): string {
  const settings: Record<string, string | number> = {
    search_path: schema,
    statement_timeout: longestStatement,
    idle_in_transaction_session_timeout: longestPause,
    lock_timeout: 5000,
    default_transaction_read_only: readOnly ? 'on' : 'off',
    max_parallel_workers_per_gather: 0,
    max_parallel_maintenance_workers: 0,
    work_mem: '8MB',
    maintenance_work_mem: '16MB',
    jit: 'off',
    standard_conforming_strings: 'on',
    datestyle: 'ISO',
    intervalstyle: 'postgres',
    timezone: 'UTC',
    bytea_output: 'hex',
    extra_float_digits: 1,
    client_min_messages: 'error',
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

/** Logged in as somebody who may use what is theirs; whoever has it can end it in the middle of anything. */
export class RoleConnection {
  readonly #client: pg.Client
  readonly #end: (pid: number) => void
  readonly login: Login
  #unread = 0
  #cause: string | undefined
  #isAlive = true
  #pid = 0

  private constructor(login: Login, end: (pid: number) => void) {
    const { server, role, password } = login
    this.login = login
    this.#end = end
    this.#client = new pg.Client({
      ...server,
      user: role,
      password,
      options: settingsOf(login),
      application_name: 'loomcycle sql',
      connectionTimeoutMillis: 5_000,
    })
    const gone = () => {
      this.#isAlive = false
    }
    this.#client.on('error', gone).on('end', gone)
  }

  /** `end` asks the server to end what one of its processes is doing. */
  static async open(login: Login, end: (pid: number) => void): Promise<RoleConnection> {
    const connection = new RoleConnection(login, end)
    await connection.#client.connect()
    connection.#watch()
    return connection
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  #watch() {
    const { connection, processID } = this.#client as pg.Client & { processID: number }
    this.#pid = processID
    connection.stream.on('data', (bytes: Buffer) => {
      this.#unread += bytes.length
      if (this.#unread > mostUnread) this.stop('the answer has a value that is too large; nothing of it was kept')
    })
  }

  /** A statement of theirs. */
  async run({ mode, statement, args, maxRows, maxBytes }: RunStatement): Promise<PortalAnswer> {
    const values = args.map(toPostgres)
    const portal = new Portal(statement, values, { maxRows, maxBytes }, mode === 'exec', () => {
      this.#unread = 0
    })
    return this.#because(async () => {
      this.#client.query(portal)
      return portal.answer
    })
  }

  /** A statement of ours. */
  async say<T = unknown>(text: string, values?: readonly unknown[]): Promise<T[]> {
    this.#unread = 0
    return this.#because(async () => (await this.#client.query(text, values as unknown[])).rows as T[])
  }

  /** Ends it, and tells whoever waits for an answer why. */
  stop(why: string) {
    if (!this.#isAlive) return
    this.#cause ??= why
    this.#isAlive = false
    this.#end(this.#pid)
    this.#client.connection.stream.destroy()
  }

  /** When nothing is under way. */
  async close(): Promise<void> {
    this.#isAlive = false
    await this.#client.end().catch(() => {})
  }

  async #because<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (this.#cause) throw new ToolError(this.#cause)
      if (error instanceof pg.DatabaseError && !/^57/.test(error.code ?? '')) throw error
      if (this.#isAlive && !(error instanceof pg.DatabaseError)) throw error
      this.#isAlive = false
      throw new ToolError('the connection that ran the statement ended; nothing of it was kept')
    }
  }
}
