import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { MemoryDeps } from './deps.ts'

/** Changes a tenant's memory in one step, and tells those who follow it. */
export async function changeMemory<T>(
  { db, feed }: Pick<MemoryDeps, 'db' | 'feed'>,
  tenantId: string,
  work: (tx: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  const result = await db.transaction(work)
  feed.announce(tenantId)
  return result
}
