import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../../ground/db/database.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { VolumesTable } from '../../ground/db/schema/volumes.ts'
import type { Statement } from '../../ground/db/statement.ts'

type Db = Kysely<Schema>
export type VolumeRow = Selectable<VolumesTable>

/** Which volume: one of a tenant, or of a run and all that came of it. */
export interface VolumeKey {
  tenantId: string
  /** Empty for one of the tenant. */
  rootRunId: string
  name: string
}

export async function findVolume(db: Db, { tenantId, rootRunId, name }: VolumeKey): Promise<VolumeRow | undefined> {
  return db
    .selectFrom('volumes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('root_run_id', '=', rootRunId)
    .where('name', '=', name)
    .executeTakeFirst()
}

/** In order of name. */
export async function listVolumes(db: Db, tenantId: string, rootRunId: string): Promise<VolumeRow[]> {
  return db
    .selectFrom('volumes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('root_run_id', '=', rootRunId)
    .orderBy('name')
    .execute()
}

/** Of all runs of a tenant, the newest runs' first. */
export async function listEphemeral(db: Db, tenantId: string): Promise<VolumeRow[]> {
  return db
    .selectFrom('volumes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('root_run_id', '<>', '')
    .orderBy('created_at', 'desc')
    .orderBy('root_run_id')
    .orderBy('name')
    .limit(1000)
    .execute()
}

export async function countVolumes(db: Db, tenantId: string, rootRunId: string): Promise<number> {
  const { n } = await db
    .selectFrom('volumes')
    .select((row) => row.fn.countAll<number>().as('n'))
    .where('tenant_id', '=', tenantId)
    .where('root_run_id', '=', rootRunId)
    .executeTakeFirstOrThrow()
  return n
}

export async function insertVolume(tx: Db, row: VolumeRow): Promise<void> {
  await tx.insertInto('volumes').values(row).execute()
}

/** Says whether there was one. */
export async function deleteVolume(tx: Db, { tenantId, rootRunId, name }: VolumeKey): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('volumes')
    .where('tenant_id', '=', tenantId)
    .where('root_run_id', '=', rootRunId)
    .where('name', '=', name)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function listOfTree(db: Db, rootRunId: string): Promise<VolumeRow[]> {
  return db.selectFrom('volumes').selectAll().where('root_run_id', '=', rootRunId).execute()
}

/** Runs that have volumes, and whose whole tree has ended. */
export async function listEndedTrees(db: Pick<Database, 'all'>): Promise<string[]> {
  const rows = await db.all<{ root_run_id: string }>(
    `select distinct root_run_id from volumes v where root_run_id <> ''
      and not exists (select 1 from runs where root_run_id = v.root_run_id and status = 'running')`,
    [],
  )
  return rows.map(({ root_run_id }) => root_run_id)
}

/** Of these runs, those that are known and whose whole tree has ended. */
export async function endedAmong(db: Pick<Database, 'all'>, runIds: readonly string[]): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `select id from runs r where id in (select value from json_each(?))
      and not exists (select 1 from runs where root_run_id = r.id and status = 'running')`,
    [JSON.stringify(runIds)],
  )
  return rows.map(({ id }) => id)
}

export async function hasTreeEnded(db: Pick<Database, 'all'>, rootRunId: string): Promise<boolean> {
  return (await endedAmong(db, [rootRunId])).length > 0
}

export function forgetTree(rootRunId: string): Statement {
  return { sql: `delete from volumes where root_run_id = ?`, parameters: [rootRunId] }
}
