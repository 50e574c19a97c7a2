import type { Kysely } from 'kysely'
import { NothingChangedError } from '../errors.ts'
import type { Schema } from '../schema/index.ts'
import { parametersOf, type Statement } from '../statement.ts'
import type { Connection } from './connection.ts'
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

/** One that is open on a connection. What is asked of it together goes out together. */
export class Transaction {
  readonly #connection: Connection
  readonly tx: Kysely<Schema>
  /** By which the server knows it. */
  id: string | undefined

  constructor(connection: Connection) {
    this.#connection = connection
    this.tx = kyselyOver((sql, parameters) => connection.askOnce(sql, parameters))
  }

  async begin(sharing: Sharing) {
    const began = this.#connection.say('begin')
    const locked = this.#connection.say(takeLock[sharing])
    const [, , { rows }] = await all([began, locked, this.#connection.ask(whoAmI, [])])
    this.id = (rows[0] as { id: string }).id
  }

  /** Says which statement was to change something and did not. */
  async run(statements: readonly Statement[]): Promise<Statement | undefined> {
    const answers = await all(statements.map((one) => this.#connection.ask(one.sql, parametersOf(one))))
    return statements.find(({ mustChange }, at) => mustChange && answers[at]!.rowCount === 0)
  }

  /** Undone where it fails; whatever was done before stays. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    await this.#connection.say('savepoint step')
    try {
      const result = await work()
      await this.#connection.say('release step')
      return result
    } catch (error) {
      await this.#connection.say('rollback to step')
      throw error
    }
  }

  /** Like `run`, and undone where a statement changes nothing that was to. */
  runStep(statements: readonly Statement[]): Promise<void> {
    return this.step(async () => {
      if (await this.run(statements)) throw new NothingChangedError('no row changed')
    })
  }

  /** False where the server has undone it instead. */
  async commit(): Promise<boolean> {
    return (await this.#connection.say('commit')) === 'COMMIT'
  }

  async rollback() {
    await this.#connection.say('rollback').catch(() => {})
  }
}

/** Of all of them the answers, or what the first of them failed with; nobody is left behind. */
async function all<T extends readonly unknown[]>(asked: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const settled = await Promise.allSettled(asked)
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T
}
