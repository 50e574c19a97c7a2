import pg from 'pg'
import type { Clock } from '../../clock.ts'
import { ToolError } from '../../tool-error.ts'
import { type ReservationOptions, Reservations } from '../reservations.ts'
import { type Turn, type TurnOptions, Turns } from '../turns.ts'
import type { Patience } from '../worker-process.ts'
import { inWords } from './errors.ts'
import { type Login, RoleConnection } from './role-connection.ts'

export interface SessionOptions extends TurnOptions, ReservationOptions {
  clock: Clock
  /** Connections that have nothing to do and are kept for the next statement of the same role. */
  mostKept: number
  keptMs: number
}

/** Who a statement runs as, and how one of their processes of the server is ended. */
export interface Entry {
  login: Login
  end(pid: number): void
  /** It is not as it was thought to be: another process has taken it away. */
  forget(): void
}

const lockedOut = /^28/

interface Kept {
  connection: RoleConnection
  forget(): void
}

/** Connections for statements: whose turn it is gets one, logged in as the role of what is asked. */
export class RoleSessions {
  readonly #options: SessionOptions
  readonly #turns: Turns
  readonly #reservations: Reservations
  readonly #all = new Set<RoleConnection>()
  /** The one that was used least lately comes first. */
  readonly #kept = new Set<Kept>()
  #closed = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#turns = new Turns(options)
    this.#reservations = new Reservations(options)
  }

  /** Waits its turn, and no longer than the statement itself may take. */
  async inTurn<T>(
    owner: string,
    patience: Patience,
    enter: () => Promise<Entry>,
    work: (connection: RoleConnection) => Promise<T>,
  ): Promise<T> {
    this.#mustBeOpen()
    const turn = await this.#turns.take(owner, patience)
    try {
      return await this.#work(turn, patience, await this.#take(enter), work)
    } catch (error) {
      throw inWords(error)
    } finally {
      this.#turns.end(turn)
    }
  }

  /** A connection for one owner until `release`, which is given back if nothing is open on it any more. */
  async reserve(owner: string, enter: () => Promise<Entry>) {
    this.#mustBeOpen()
    const free = this.#reservations.take(owner)
    try {
      const connection = await this.#take(enter)
      return {
        connection,
        release: () => {
          if (free()) this.#giveBack(connection)
        },
      }
    } catch (error) {
      free()
      throw inWords(error)
    }
  }

  /** Does something in its time; whatever it is at is ended when that is over, or nobody wants it any more. */
  async within<T>(connection: RoleConnection, { timeoutMs, signal }: Patience, work: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new ToolError('the statement was cancelled')
    const onAbort = () => connection.stop('the statement was cancelled; nothing of it was kept')
    const disarm = this.#options.clock.after(timeoutMs, () =>
      connection.stop(`the statement took longer than ${timeoutMs} ms and was stopped; nothing of it was kept`),
    )
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      return await work()
    } finally {
      disarm()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Before the role goes. */
  async letGoOf(role: string): Promise<void> {
    const theirs = [...this.#kept].filter(({ connection }) => connection.login.role === role)
    await Promise.all(theirs.map((kept) => this.#forget(kept)))
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#kept].map((kept) => this.#forget(kept)))
    for (const connection of this.#all) connection.stop('the runtime is shutting down')
  }

  #mustBeOpen() {
    if (this.#closed) throw new ToolError('the runtime is shutting down')
  }

  async #work<T>(
    turn: Turn,
    patience: Patience,
    connection: RoleConnection,
    work: (connection: RoleConnection) => Promise<T>,
  ): Promise<T> {
    this.#turns.begin(turn, (why) => connection.stop(why))
    try {
      return await this.within(connection, patience, () => work(connection))
    } finally {
      turn.stop = undefined
      this.#giveBack(connection)
    }
  }

  async #take(enter: () => Promise<Entry>): Promise<RoleConnection> {
    const entry = await enter()
    return (await this.#again(entry.login)) ?? (await this.#open(entry, enter))
  }

  async #again({ role, schema }: Login): Promise<RoleConnection | undefined> {
    for (const kept of this.#kept) {
      const { connection } = kept
      if (connection.login.role !== role || connection.login.schema !== schema) continue
      this.#kept.delete(kept)
      kept.forget()
      // Nothing of the statement before is left.
      const isFresh = await connection.say('discard all').then(
        () => true,
        () => false,
      )
      if (isFresh) return connection
      this.#all.delete(connection)
      await connection.close()
    }
    return undefined
  }

  async #open(entry: Entry, enter: () => Promise<Entry>): Promise<RoleConnection> {
    const connection = await RoleConnection.open(entry.login, entry.end).catch(async (error: unknown) => {
      if (!isLockedOut(error)) throw error
      entry.forget()
      const made = await enter()
      return RoleConnection.open(made.login, made.end)
    })
    this.#all.add(connection)
    return connection
  }

  #giveBack(connection: RoleConnection) {
    if (!connection.isAlive || this.#closed) {
      this.#all.delete(connection)
      if (connection.isAlive) connection.stop('the runtime is shutting down')
      return
    }
    const { clock, keptMs, mostKept } = this.#options
    const kept: Kept = { connection, forget: clock.after(keptMs, () => void this.#forget(kept)) }
    this.#kept.add(kept)
    const [oldest] = this.#kept
    if (this.#kept.size > mostKept) void this.#forget(oldest!)
  }

  async #forget(kept: Kept): Promise<void> {
    kept.forget()
    this.#kept.delete(kept)
    this.#all.delete(kept.connection)
    await kept.connection.close()
  }
}

function isLockedOut(error: unknown): boolean {
  return error instanceof pg.DatabaseError && lockedOut.test(error.code ?? '')
}
