import type { DefinitionFamily } from '@loomcycle/proto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../../ground/db/database.ts'
import { rowsOf } from '../../ground/db/rows.ts'
import type { DefinitionNamesTable, DefinitionsTable } from '../../ground/db/schema/definitions.ts'
import type { Schema } from '../../ground/db/schema/index.ts'

export type Db = Kysely<Schema>
export type DefinitionRow = Selectable<DefinitionsTable>
export type NameRow = Selectable<DefinitionNamesTable>

/** A name of a tenant's, in one family. */
export interface NameOf {
  tenantId: string
  family: DefinitionFamily
  name: string
}

/** The version in use, if there is one that is not retired: one row, for whoever begins something. */
export async function findActiveId(db: Database, { tenantId, family, name }: NameOf): Promise<string | undefined> {
  const found = `select active_id as id from definition_names
    where tenant_id = ? and family = ? and name = ? and active_retired = 0 and active_id is not null`
  return (await db.all<{ id: string }>(found, [tenantId, family, name]))[0]?.id
}

export async function findVersion(
  db: Db,
  tenantId: string,
  family: DefinitionFamily,
  id: string,
): Promise<DefinitionRow | undefined> {
  const found = `select * from definitions where id = ? and tenant_id = ? and family = ?`
  return (await rowsOf<DefinitionRow>(db, found, [id, tenantId, family]))[0]
}

export async function findName(db: Db, { tenantId, family, name }: NameOf): Promise<NameRow | undefined> {
  const found = `select * from definition_names where tenant_id = ? and family = ? and name = ?`
  return (await rowsOf<NameRow>(db, found, [tenantId, family, name]))[0]
}

/** The latest copy of what was configured. */
export async function findBootstrapped(db: Db, { tenantId, family, name }: NameOf): Promise<DefinitionRow | undefined> {
  const found = `select * from definitions where tenant_id = ? and family = ? and name = ? and bootstrapped = 1 and retired = 0
    order by version desc limit 1`
  return (await rowsOf<DefinitionRow>(db, found, [tenantId, family, name]))[0]
}

/** What is in use of a family, but for what is retired; by name. */
export async function listActiveIds(
  db: Database,
  tenantId: string,
  family: DefinitionFamily,
): Promise<{ name: string; id: string }[]> {
  const found = `select name, active_id as id from definition_names
    where tenant_id = ? and family = ? and active_retired = 0 and active_id is not null order by name`
  return db.all(found, [tenantId, family])
}

/** What is in use of a family, in the order of names, as far as it does not come to too much together. */
export async function listActive(db: Db, tenantId: string, family: DefinitionFamily): Promise<DefinitionRow[]> {
  const found = `with used as (
      select d.id, d.name, sum(octet_length(d.definition)) over (order by d.name) - octet_length(d.definition) as before
      from definition_names n cross join definitions d on d.id = n.active_id
      where n.tenant_id = ? and n.family = ? and n.active_retired = 0
    )
    select d.* from used cross join definitions d on d.id = used.id where used.before < ? order by used.name`
  return rowsOf(db, found, [tenantId, family, longestPage])
}

/** Of one answer, in bytes of definitions; a longer one makes an answer by itself. */
const longestPage = 4 * 1024 * 1024

export interface Page {
  limit: number
  after?: string | number | undefined
}

/** Newest first; fewer than asked for where they are long. */
export async function listVersions(db: Db, of: NameOf, { limit, after }: Page): Promise<DefinitionRow[]> {
  const found = `with page as (
      select id, version, sum(octet_length(definition)) over (order by version desc) - octet_length(definition) as before
      from (select id, version, definition from definitions
        where tenant_id = ? and family = ? and name = ? and version < ? order by version desc limit ?) as newest
    )
    select d.* from page cross join definitions d on d.id = page.id where page.before < ? order by page.version desc`
  const below = after ?? Number.MAX_SAFE_INTEGER
  return rowsOf(db, found, [of.tenantId, of.family, of.name, below, limit, longestPage])
}

/** In order of name, those that begin with the prefix. */
export async function listNames(
  db: Db,
  tenantId: string,
  family: DefinitionFamily,
  { limit, after = '', prefix = '' }: Page & { prefix?: string | undefined },
): Promise<NameRow[]> {
  const found = `select * from definition_names where tenant_id = ? and family = ? and name > ? and name >= ?
    and substr(name, 1, length(?)) = ? order by name limit ?`
  return rowsOf(db, found, [tenantId, family, after, prefix, prefix, prefix, limit])
}

export async function insertVersion(tx: Db, row: DefinitionRow): Promise<void> {
  await tx.insertInto('definitions').values(row).execute()
}

export async function putName(tx: Db, row: NameRow): Promise<void> {
  await tx
    .insertInto('definition_names')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'family', 'name']).doUpdateSet(row))
    .execute()
}

export async function setRetired(tx: Db, id: string, retired: boolean): Promise<void> {
  await tx
    .updateTable('definitions')
    .set({ retired: Number(retired) })
    .where('id', '=', id)
    .execute()
}

export async function deleteVersions(tx: Db, { tenantId, family, name }: NameOf): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('definitions')
    .where('tenant_id', '=', tenantId)
    .where('family', '=', family)
    .where('name', '=', name)
    .executeTakeFirst()
  await tx
    .deleteFrom('definition_names')
    .where('tenant_id', '=', tenantId)
    .where('family', '=', family)
    .where('name', '=', name)
    .execute()
  return Number(numDeletedRows)
}

/** Of a lineage, what it takes to tell who is related to whom. */
export type Relative = Pick<
  DefinitionRow,
  'id' | 'name' | 'version' | 'parent_id' | 'retired' | 'created_at' | 'created_by'
> & { generation: number }

const relative = 'd.id, d.name, d.version, d.parent_id, d.retired, d.created_at, d.created_by'

/** What a version was made from, nearest first; with itself, as generation 0. */
export async function listAncestors(
  db: Db,
  tenantId: string,
  family: DefinitionFamily,
  id: string,
  generations: number,
): Promise<Relative[]> {
  const found = `with recursive line (id, generation) as (
      select id, 0 from definitions where id = ?
      union all
      select d.parent_id, line.generation + 1 from line cross join definitions d on d.id = line.id
        where d.parent_id is not null and d.tenant_id = ? and line.generation < ?
    )
    select ${relative}, line.generation from line cross join definitions d on d.id = line.id
    where d.tenant_id = ? and d.family = ? order by line.generation`
  return rowsOf(db, found, [id, tenantId, generations, tenantId, family])
}

/** What was made from a version, by generation; at most so many. */
export async function listDescendants(
  db: Db,
  tenantId: string,
  family: DefinitionFamily,
  id: string,
  { generations, limit }: { generations: number; limit: number },
): Promise<Relative[]> {
  // Rows come generation by generation, so the limit stops it before it has gone through everything.
  const found = `with recursive made (id, generation) as (
      select id, 0 from definitions where id = ?
      union all
      select d.id, made.generation + 1 from made cross join definitions d on d.parent_id = made.id
        where d.tenant_id = ? and made.generation < ?
    )
    select ${relative}, made.generation from (select id, generation from made limit ?) as made cross join definitions d on d.id = made.id
    where made.generation > 0 and d.tenant_id = ? and d.family = ? order by made.generation, d.created_at, d.id`
  return rowsOf(db, found, [id, tenantId, generations, limit + 1, tenantId, family])
}

/** How many versions of a tenant's there are, of all families. */
export async function countVersions(db: Db, tenantId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(version_count), 0) as n from definition_names where tenant_id = ${tenantId}`.execute(db)
  return rows[0]?.n ?? 0
}
