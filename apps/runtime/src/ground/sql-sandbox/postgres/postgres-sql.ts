import type { Clock } from '../../clock.ts'
import type { RunStatement, SqlChanges, SqlMode, SqlRows } from '../messages.ts'
import { flat, patience, SqlTransaction } from '../sql-transaction.ts'
import { PostgresReader } from '../statement/postgres-reader.ts'
import type { ScopeTarget, SqlStatement, UserSql } from '../user-sql.ts'
import { check } from './check.ts'
import { PlaceViews } from './place-views.ts'
import { RoleSessions, type SessionOptions } from './role-sessions.ts'
import { rowFunctions } from './row-functions.ts'
import { inTransaction, runWithin, type ScopeRules, scopeNames, scopeSession, TooLargeError } from './scope-session.ts'
import { Scopes } from './scopes.ts'

export interface PostgresSqlOptions extends Partial<Omit<SessionOptions, 'clock'>> {
  clock: Clock
  /** Of the runtime's own database. */
  dsn: string
  /** Of the one for scopes, where somebody has made it; otherwise it is made beside the runtime's own. */
  memoryDsn?: string | undefined
  /** In milliseconds; the server ends by itself what nobody is there to end. */
  longestStatement: number
  longestPause: number
}

/** A statement that gets no answer for so long is ended by the server, whatever has become of who asked. */
const graceMs = 5_000

/** SQL on Postgres: a schema and a role a scope, and views of a role's own over rows that are others' as well. */
export function postgresSql({
  clock,
  dsn,
  memoryDsn,
  longestStatement,
  longestPause,
  ...given
}: PostgresSqlOptions): UserSql {
  const { maxReserved = 16 } = given
  const sessions = new RoleSessions({
    clock,
    size: 4,
    perOwner: 2,
    shareMs: 1000,
    maxReserved,
    maxReservedPerOwner: Math.ceil(maxReserved / 2),
    mostKept: 8,
    keptMs: 30_000,
    ...given,
  })
  const limits = { longestStatement: longestStatement + graceMs, longestPause: longestPause + graceMs }
  const scopes = new Scopes({ dsn, memoryDsn, ...limits })
  const places = new PlaceViews({ dsn, ...limits })
  const reader = new PostgresReader(clock, () => rowFunctions(dsn))
  const rulesOf = ({ maxBytes }: ScopeTarget): ScopeRules => ({ clock, reader, maxBytes, size: () => scopes.size() })

  const once = async (mode: SqlMode, target: ScopeTarget, { signal, ...asked }: SqlStatement) => {
    const statement: RunStatement = flat(mode, asked)
    await check(reader, statement, scopeNames)
    const run = () =>
      sessions.inTurn(
        target.owner,
        patience(asked, signal),
        () => scopes.enter(target.place),
        (connection) => inTransaction(connection, mode, () => runWithin(connection, statement, rulesOf(target))),
      )
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error
      const { schema } = await scopes.enter(target.place)
      await scopes.tidy(schema).catch(() => {})
      return run()
    }
  }
  return {
    dialect: {
      name: 'PostgreSQL',
      places: '$1, $2',
      advice:
        ', information_schema.tables tells the tables of a database, and fields of documents are text until they are cast',
    },
    query: async (target, statement) => (await once('query', target, statement)) as SqlRows,
    exec: async (target, statement) => (await once('exec', target, statement)) as SqlChanges,
    async begin(target, given) {
      const { connection, release } = await sessions.reserve(target.owner, () => scopes.enter(target.place))
      const transaction = new SqlTransaction(scopeSession({ connection, sessions }, rulesOf(target)), release)
      try {
        await sessions.within(connection, given, () => connection.say('begin'))
        return transaction
      } catch (error) {
        transaction.abandon()
        throw error
      }
    },
    drop: (place) => scopes.drop(place, (role) => sessions.letGoOf(role)),
    async dropRuns(isAlive) {
      for (const place of await scopes.runs()) {
        if (!(await isAlive(place.scopeId))) await scopes.drop(place, (role) => sessions.letGoOf(role))
      }
    },
    async ask({ rows, read, key, owner }, { signal, ...asked }) {
      const statement: RunStatement = flat('query', asked)
      await check(reader, statement, { described: [], recursive: false })
      return sessions.inTurn(
        owner,
        patience(asked, signal),
        () => places.enter(key, rows, read),
        (connection) =>
          inTransaction(connection, 'query', async () => {
            const { changed: _, ...answer } = await connection.run(statement)
            return answer
          }),
      )
    },
    async close() {
      await sessions.close()
      await Promise.all([reader.close(), scopes.close(), places.close()])
    },
  }
}
