import pg from 'pg'
import { isNetwork } from '../../db/postgres/errors.ts'
import { ToolError } from '../../tool-error.ts'

/** Codes whose own message says nothing to somebody who does not know how it is set up. */
const inOtherWords: Record<string, string> = {
  '40P01': 'this statement and another one waited for each other, and this one was undone; try again',
  '40001': 'another statement has changed the same rows meanwhile; try again',
  '55P03': 'another transaction is open on what this statement needs; try again when it is over',
  '53100': 'the disk of the database is full',
  '53200': 'the statement takes more memory than the database has',
  '53300': 'the database has as many connections as it takes; try again in a moment',
  '53400': 'the statement takes more room for what is in between than it may',
  '54001': 'the statement is nested too deeply',
  '28P01':
    'the database does not let the role of this scope in: its pg_hba.conf has to take passwords of the roles sqlmem_r_… and sqldoc_r_… from here',
  '28000':
    'the database does not let the role of this scope in: its pg_hba.conf has to take passwords of the roles sqlmem_r_… and sqldoc_r_… from here',
  '25006': 'the statement changes data, and this only reads',
}

/** What Postgres says to a statement, for whoever wrote it. */
export function inWords(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) {
    return isNetwork(error) ? new ToolError(`the database cannot be reached: ${(error as Error).message}`) : error
  }
  const { code = '', message, hint } = error
  const [, closed] = (code === '42501' && /^permission denied for (?:table|view) (\S+)$/.exec(message)) || []
  if (closed) return new ToolError(`there is no table or view "${closed}" that this statement may read`)
  return new ToolError(inOtherWords[code] ?? (hint ? `${message}; ${hint}` : message))
}
