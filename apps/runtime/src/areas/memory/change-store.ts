import type { Kysely } from 'kysely'
import { execute } from '../../ground/db/execute.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { MemoryChangesTable } from '../../ground/db/schema/memory-changes.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { MemoryPlace } from './access.ts'

type Db = Kysely<Schema>
type ChangeType = MemoryChangesTable['type']

const columns = 'insert into memory_changes (tenant_id, scope, scope_id, key, type, seq, at)'
const moved = `on conflict (tenant_id, scope, scope_id, key)
  do update set type = excluded.type, seq = excluded.seq, at = excluded.at`

export async function logChange(tx: Db, place: MemoryPlace, key: string, type: ChangeType, now: number): Promise<void> {
  const { tenantId, scope, scopeId } = place
  await execute(tx, {
    sql: `${columns} values (?, ?, ?, ?, ?, 1 + (select coalesce(max(seq), 0) from memory_changes where tenant_id = ?), ?)
      ${moved}`,
    parameters: [tenantId, scope, scopeId, key, type, tenantId, now],
  })
}

/** So many of what has expired by then, the first to expire first. */
export const firstExpired = `select tenant_id, scope, scope_id, key from memory where expires_at <= ?
  order by expires_at, tenant_id, scope, scope_id, key limit ?`

/** Of those that are about to be deleted because their time is over. */
export async function logExpired(tx: Db, now: number, limit: number): Promise<void> {
  await execute(tx, {
    sql: `${columns}
      select e.tenant_id, e.scope, e.scope_id, e.key, 'memory.delete',
        row_number() over (partition by e.tenant_id order by e.scope, e.scope_id, e.key)
          + (select coalesce(max(seq), 0) from memory_changes c where c.tenant_id = e.tenant_id), ?
      from (${firstExpired}) as e where true
      ${moved}`,
    parameters: [now, now, limit],
  })
}

/** Which keys were deleted is not remembered for ever. The last number stays, so that none is given out twice. */
export function forgetDeletionsBefore(at: number, limit: number): Statement {
  return {
    sql: `delete from memory_changes where (tenant_id, seq) in (
      select tenant_id, seq from memory_changes as d where type = 'memory.delete' and at < ?
        and seq < (select max(seq) from memory_changes c where c.tenant_id = d.tenant_id)
      limit ?)`,
    parameters: [at, limit],
  }
}

export async function memoryHead(db: Db, tenantId: string): Promise<number> {
  const { head } = await db
    .selectFrom('memory_changes')
    .select((row) => row.fn.max<number | null>('seq').as('head'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return head ?? 0
}

/** What was last done to each key after a number, in order. */
export async function listMemoryChanges(db: Db, tenantId: string, after: number, limit: number) {
  return db
    .selectFrom('memory_changes')
    .select(['seq', 'type', 'scope', 'scope_id', 'key', 'at'])
    .where('tenant_id', '=', tenantId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
}
