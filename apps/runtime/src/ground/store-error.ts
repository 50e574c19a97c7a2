import { RuntimeError } from '@loomcycle/proto'
import type { Failure } from './db/thread-failure.ts'

/** Primary codes of SQLite for what is wrong with the store and not with the statement, and what they mean. */
const outOfService: Record<number, string> = {
  3: 'PERM',
  5: 'BUSY',
  8: 'READONLY',
  10: 'IOERR',
  11: 'CORRUPT',
  13: 'FULL',
  14: 'CANTOPEN',
  15: 'PROTOCOL',
  22: 'NOLFS',
  26: 'NOTADB',
}
const damage = new Set(['CORRUPT', 'NOTADB'])

/** The store is out of service; what was asked of it has not happened. */
export class StoreError extends RuntimeError {
  override name = 'StoreError'
  /** What is wrong, in so many words as fit in a sentence. */
  readonly trouble: string
  /** No waiting mends it. */
  readonly isDamage: boolean

  constructor(trouble: string, advice: string, isDamage = false) {
    super('store_unavailable', `${trouble}. ${advice}`)
    this.trouble = trouble
    this.isDamage = isDamage
  }
}

/** Whatever SQLite says about the store itself becomes a `StoreError`; anything else stays what it is. */
export function storeError(error: unknown, purpose: 'read' | 'written'): unknown {
  const { code, errcode = 0, message } = error as NodeJS.ErrnoException & { errcode?: number }
  const kind = code === 'ERR_SQLITE_ERROR' ? outOfService[errcode & 0xff] : undefined
  if (kind === undefined) return error
  const advice = purpose === 'written' ? 'Nothing was stored; try again once it can.' : 'Try again once it can.'
  return new StoreError(`The database cannot be ${purpose}: ${message}`, advice, damage.has(kind))
}

/** What a thread failed with in reading, as the error it is here. */
export function fromThread(failure: Failure): Error {
  return storeError(Object.assign(new Error(failure.message), failure), 'read') as Error
}
