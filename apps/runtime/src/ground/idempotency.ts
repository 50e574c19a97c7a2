import { createHash } from 'node:crypto'
import { RuntimeError } from '@loomcycle/proto'
import type { Statement } from './db/commit-writer.ts'
import type { Database } from './db/database.ts'
import type { IdempotencyKeysTable } from './db/schema/idempotency-keys.ts'

export interface KeyedRequest {
  tenantId: string
  operation: IdempotencyKeysTable['operation']
  /** What the caller sent as `Idempotency-Key`. */
  key: string
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
export async function findResult(
  db: Pick<Database, 'read'>,
  { tenantId, operation, key, hash }: KeyedRequest,
): Promise<string | undefined> {
  const row = await db.read
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'result_id'])
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', operation)
    .where('key', '=', key)
    .executeTakeFirst()
  if (row && row.request_hash !== hash) {
    throw new RuntimeError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different request; use a new one.',
    )
  }
  return row?.result_id
}

/** Belongs into the unit that stores the result: of two requests with one key, one fails and finds the other's. */
export function rememberResult(
  { tenantId, operation, key, hash }: KeyedRequest,
  resultId: string,
  at: number,
): Statement {
  return {
    sql: 'insert into idempotency_keys (tenant_id, operation, key, request_hash, result_id, created_at) values (?, ?, ?, ?, ?, ?)',
    parameters: [tenantId, operation, key, hash, resultId, at],
  }
}

export function forgetKeysBefore(at: number): Statement {
  return { sql: 'delete from idempotency_keys where created_at < ?', parameters: [at] }
}
