import type { Kysely } from 'kysely'
import { NothingChangedError } from '../errors.ts'
import type { Schema } from '../schema/index.ts'
import { parametersOf, type Statement } from '../statement.ts'
import type { Asked, Connection } from './connection.ts'
import { kyselyOver } from './kysely-over.ts'

/**
 * Whoever reads before it writes has the database to itself, as in SQLite; others, each of whose statements says what it
 * relies on, write side by side. Both hold it for one commit.
 */
export type Sharing = 'alone' | 'together'

/** A table that only its owner may lock: what anybody could hold would be held by SQL that users write. */
const takeLock: Record<Sharing, string> = {
  alone: 'lock table write_turns in exclusive mode',
  together: 'lock table write_turns in row exclusive mode',
}
const whoAmI = 'select pg_current_xact_id()::text as id'
const savepoint: Statement = { sql: 'savepoint step', parameters: [] }

export interface Ran {
  changed: readonly number[]
  /** What the one behind these has failed with. */
  failure?: unknown
}

/** One on a connection. It is begun with the first thing that is asked of it; what is asked together goes out together. */
export class Transaction {
  readonly #connection: Connection
  readonly #opening: readonly Asked[]
  readonly tx: Kysely<Schema>
  /** By which the server knows it. */
  id: string | undefined

  constructor(connection: Connection, sharing: Sharing) {
    this.#connection = connection
    this.#opening = ['begin', takeLock[sharing], whoAmI].map((sql) => ({ sql, parameters: [] }))
    this.tx = kyselyOver((sql, parameters) => connection.askOnce(sql, parameters))
  }

  /** Before anything else, for what is to be said only when it is begun. */
  async begin() {
    await this.run([])
  }

  /** Runs them as far as none fails; says how many rows each of those has changed that did not. */
  async run(statements: readonly Statement[]): Promise<Ran> {
    const opening = this.id === undefined ? this.#opening : []
    const asked = statements.map((one) => ({ sql: one.sql, parameters: parametersOf(one) }))
    const { changed, rows, failure } = await this.#connection.ask([...opening, ...asked])
    if (changed.length < opening.length) throw failure
    this.id ??= rows[0]![0]!
    return { changed: changed.slice(opening.length), failure }
  }

  /** Undone where it fails; whatever was done before stays. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    await this.#connection.say(savepoint.sql)
    return this.#endStep(work)
  }

  /** Like `run`, and undone where one fails, or changes nothing that was to change something. */
  async runStep(statements: readonly Statement[]): Promise<void> {
    const { changed, failure } = await this.run([savepoint, ...statements])
    await this.#endStep(async () => {
      if (failure) throw failure
      if (statements.some(({ mustChange }, at) => mustChange && changed[at + 1] === 0)) {
        throw new NothingChangedError('no row changed')
      }
    })
  }

  /** False where the server has undone it instead. */
  async commit(): Promise<boolean> {
    return (await this.#connection.say('commit')) === 'COMMIT'
  }

  async rollback() {
    await this.#connection.say('rollback').catch(() => {})
  }

  async #endStep<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      await this.#connection.say('release step')
      return result
    } catch (error) {
      await this.#connection.say('rollback to step')
      throw error
    }
  }
}
