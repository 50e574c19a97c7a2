import { createHash } from 'node:crypto'
import { RuntimeError } from '@loomcycle/proto'
import type { Statement } from './db/commit-writer.ts'
import type { Database } from './db/database.ts'
import { findKey, insertKey, type KeyName } from './idempotency-store.ts'

/** With the key that its caller sent as `Idempotency-Key`. */
export interface KeyedRequest extends KeyName {
  hash: string
}

const keyPattern = /^[\x21-\x7e]{1,255}$/

export function checkedKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && keyPattern.test(header)) return header
  throw new RuntimeError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters')
}

export function requestHash(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url')
}

/** What the same request made before. Throws when the key was used for another request. */
export async function findResult(db: Pick<Database, 'read'>, request: KeyedRequest): Promise<string | undefined> {
  const row = await findKey(db, request)
  if (row && row.request_hash !== request.hash) {
    throw new RuntimeError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different request; use a new one.',
    )
  }
  return row?.result_id
}

/** Belongs into the unit that stores the result: of two requests with one key, one fails and finds the other's. */
export function rememberResult(request: KeyedRequest, resultId: string, at: number): Statement {
  return insertKey(request, request.hash, resultId, at)
}
