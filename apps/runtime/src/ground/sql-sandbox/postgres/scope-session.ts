import type { Clock } from '../../clock.ts'
import { ToolError } from '../../tool-error.ts'
import type { RunStatement, SqlChanges, SqlMode, SqlRows } from '../messages.ts'
import type { TransactionSession, TransactionStep } from '../sql-transaction.ts'
import type { PostgresReader } from '../statement/postgres-reader.ts'
import { tooLarge } from '../too-large.ts'
import type { Patience } from '../worker-process.ts'
import { check } from './check.ts'
import { inWords } from './errors.ts'
import { scopeSize, watchGrowth } from './growth.ts'
import type { RoleConnection } from './role-connection.ts'
import type { RoleSessions } from './role-sessions.ts'

/** It would take more room than it may; what was deleted may give some back. */
export class TooLargeError extends ToolError {
  constructor() {
    super(tooLarge)
  }
}

export interface ScopeRules {
  clock: Clock
  reader: PostgresReader
  /** What the scope may take, in bytes. */
  maxBytes: number
  /** What all scopes take. */
  size(): Promise<number>
}

/** Runs a statement of a scope within the transaction that is open; what it does is kept with that. */
export async function runWithin(
  connection: RoleConnection,
  statement: RunStatement,
  rules: ScopeRules,
): Promise<SqlRows | SqlChanges> {
  if (statement.mode === 'query') {
    const { changed: _, ...rows } = await connection.run(statement)
    return rows
  }
  const before = await scopeSize(connection)
  const stopWatching = watchGrowth(rules.clock, connection, rules)
  try {
    const { changed, columns, ...rows } = await connection.run(statement)
    const after = await scopeSize(connection)
    if (after > rules.maxBytes && after > before) throw new TooLargeError()
    return { rows_affected: changed, last_insert_id: 0, ...(columns.length > 0 && { columns, ...rows }) }
  } finally {
    stopWatching()
  }
}

const begin = { query: 'begin read only', exec: 'begin' } as const

/** A transaction of its own. */
export async function inTransaction<T>(connection: RoleConnection, mode: SqlMode, work: () => Promise<T>): Promise<T> {
  await connection.say(begin[mode])
  try {
    const answer = await work()
    await connection.say('commit')
    return answer
  } catch (error) {
    if (connection.isAlive) await connection.say('rollback')
    throw error
  }
}

/** A transaction that goes on until it is ended; a statement that fails leaves it as it was. */
export function scopeSession(
  { connection, sessions }: { connection: RoleConnection; sessions: RoleSessions },
  rules: ScopeRules,
): TransactionSession {
  const run = async ({ kind: _, ...statement }: Extract<TransactionStep, { kind: 'run' }>) => {
    await check(rules.reader, statement, scopeNames)
    await connection.say('savepoint before')
    try {
      const answer = await runWithin(connection, statement, rules)
      await connection.say('release before')
      return answer
    } catch (error) {
      if (connection.isAlive) await connection.say('rollback to before; release before')
      throw error
    }
  }
  const go = async (step: TransactionStep): Promise<unknown> => {
    switch (step.kind) {
      case 'run':
        return run(step)
      case 'savepoint':
        return connection.say(`savepoint depth_${step.depth}`)
      case 'release':
        return connection.say(`release depth_${step.depth}`)
      case 'rollback_to':
        return connection.say(`rollback to depth_${step.depth}; release depth_${step.depth}`)
      case 'commit':
      case 'rollback':
        return connection.say(step.kind)
    }
  }
  return {
    get isAlive() {
      return connection.isAlive
    },
    async ask(step: TransactionStep, patience: Patience) {
      try {
        return await sessions.within(connection, patience, () => go(step))
      } catch (error) {
        throw inWords(error)
      }
    },
    kill: () => connection.stop('the transaction was abandoned'),
  }
}

/** What a scope may look at beside its own tables. */
export const scopeNames = {
  recursive: true,
  described: [
    ...['tables', 'columns', 'views', 'table_constraints', 'key_column_usage', 'constraint_column_usage'],
    ...['check_constraints', 'referential_constraints'],
  ].map((name) => `information_schema.${name}`),
}
