import type { Statement } from './db/commit-writer.ts'
import type { Database } from './db/database.ts'
import type { IdempotencyKeysTable } from './db/schema/idempotency-keys.ts'

/** A key is the tenant's, for one kind of request. */
export interface KeyName {
  tenantId: string
  operation: IdempotencyKeysTable['operation']
  key: string
}

export function findKey(db: Pick<Database, 'read'>, { tenantId, operation, key }: KeyName) {
  return db.read
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'result_id'])
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', operation)
    .where('key', '=', key)
    .executeTakeFirst()
}

export function insertKey(
  { tenantId, operation, key }: KeyName,
  hash: string,
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
