import pg from 'pg'
import { StoreError } from '../../store-error.ts'
import { UniqueError } from '../errors.ts'

/** Classes and codes of what is wrong with the server or the way to it, and not with the statement. */
const outOfService = /^(?:08|53|57P|58|XX|28|3D000|25006|55P03|F0)/
const damaged = /^XX00[12]$/
const advice = { read: 'Try again once it can.', written: 'Nothing was stored; try again once it can.' }

/** What Postgres, or the way to it, says: as the store's own errors, where they mean the store. */
export function storeFailure(error: unknown, purpose: 'read' | 'written'): unknown {
  if (error instanceof StoreError || error instanceof UniqueError) return error
  if (!(error instanceof pg.DatabaseError)) return isNetwork(error) ? outage(error as Error, purpose) : error
  const { code = '', table = '', detail = '' } = error
  if (code === '23505') return new UniqueError(table, /^Key \((.*?)\)=/.exec(detail)?.[1]?.split(', ') ?? [], error)
  return outOfService.test(code) ? outage(error, purpose, damaged.test(code)) : error
}

/** The server ended it to let others go on: a deadlock, or a change that came between. It may be tried again. */
export function wasCrossed(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001')
}

function outage({ message }: Error, purpose: 'read' | 'written', isDamage = false): StoreError {
  return new StoreError(`The database cannot be ${purpose}: ${message}`, advice[purpose], isDamage)
}

const networkCalls = new Set(['connect', 'read', 'write', 'getaddrinfo'])

/** `pg` has no class of its own for what happens to a connection; whatever has one is somebody else's. */
export function isNetwork(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isNetwork)
  if (!(error instanceof Error) || Object.getPrototypeOf(error) !== Error.prototype) return false
  const { syscall } = error as NodeJS.ErrnoException
  return syscall ? networkCalls.has(syscall) : /connection|timeout|not queryable/i.test(error.message)
}
