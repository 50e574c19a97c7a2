import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema/index.ts'
import type { Statement } from '../db/statement.ts'

/** A key is somebody's, for one kind of request. */
export interface KeyName {
  tenantId: string
  operation: string
  key: string
}

export function findKey(db: Kysely<Schema>, { tenantId, operation, key }: KeyName) {
  return db
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

export function insertKeyUnlessThere(...key: Parameters<typeof insertKey>): Statement {
  const { sql, ...rest } = insertKey(...key)
  return { ...rest, sql: `${sql} on conflict do nothing` }
}

export function forgetKeysBefore(at: number, limit: number): Statement {
  return {
    sql: `delete from idempotency_keys where (tenant_id, operation, key) in (
      select tenant_id, operation, key from idempotency_keys where created_at < ? limit ?)`,
    parameters: [at, limit],
  }
}
