import pg from 'pg'
import { StoreError } from '../../store-error.ts'
import { NewerDatabaseError } from '../migrator.ts'
import { OlderDatabaseError, UnfitDatabaseError } from './migrator.ts'

/** Where a database is, without what lets somebody in. */
function placeOf(dsn: string): string {
  try {
    const { host, port, database } = new pg.Client({ connectionString: dsn })
    return `${host}${host.startsWith('/') ? '' : `:${port}`}/${database ?? ''}`
  } catch {
    return 'an address that cannot be read'
  }
}

/** What keeps a database of Postgres from being used, and what to do about it, in a sentence; undefined for anything else. */
export function postgresRefusal(error: unknown, dsn: string): string | undefined {
  const [reason, advice] = reasonOf(error) ?? []
  if (reason === undefined) return undefined
  return `The database at ${placeOf(dsn)} cannot be used: ${reason}; ${advice}.`
}

function reasonOf(error: unknown): [reason: string, advice: string] | undefined {
  if (error instanceof NewerDatabaseError) {
    return [`a newer loomcycle has been at it (${error.message})`, 'start that one, or restore a backup from before it']
  }
  if (error instanceof OlderDatabaseError) {
    return [error.message, 'run loomcycle migrate up, or set LOOMCYCLE_PG_AUTOMIGRATE=1 to have every start do so']
  }
  if (error instanceof UnfitDatabaseError) return [error.message, 'give LOOMCYCLE_PG_DSN another one']
  if (error instanceof StoreError) return [error.trouble, 'see to the server, and start again']
  if (error instanceof pg.DatabaseError) return ofServer(error)
  return ofConnection(error as NodeJS.ErrnoException)
}

function ofServer({ code = '', message }: pg.DatabaseError): [string, string] {
  if (code.startsWith('28')) return [message, 'put the name and the password in LOOMCYCLE_PG_DSN right']
  if (code === '3D000') return [message, 'make it (create database), or name another one in LOOMCYCLE_PG_DSN']
  if (code === '42501') {
    return [
      message,
      'let its role make tables there (grant create on schema public), or give LOOMCYCLE_PG_DSN the owner’s',
    ]
  }
  if (code.startsWith('53')) {
    return [message, 'give the server room, or fewer connections to each replica (LOOMCYCLE_PG_MAX_OPEN_CONNS)']
  }
  return [message, 'see what the server’s log says of it']
}

function ofConnection({ code, message, syscall }: NodeJS.ErrnoException): [string, string] | undefined {
  if (syscall === undefined && !/connection|timeout|SSL/i.test(message)) return undefined
  const isName = code === 'ENOTFOUND' || code === 'EAI_AGAIN'
  return [
    message,
    `make sure that the server runs${isName ? '' : ' and takes connections'}, and that LOOMCYCLE_PG_DSN names it`,
  ]
}
