import type { MemoryScope } from '@loomcycle/proto'
import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { Schema } from '../../../ground/db/schema/index.ts'
import type { MemoryPlace } from '../access.ts'
import { keyAfterPrefix, toKey } from '../key-range.ts'

type Db = Kysely<Schema>
type Tables = 'memory' | 'memory_vectors'

export interface EmbedderOf {
  provider: string
  model: string
  dimension: number
}

export interface Range {
  prefix: string
  limit: number
}

/** Values that no vector describes. */
export async function listWithoutVector(db: Db, place: MemoryPlace, { prefix, limit }: Range, now: number) {
  const start = toKey(prefix)
  const end = keyAfterPrefix(start)
  const rows = await db
    .selectFrom('memory')
    .select(['key', 'value as json'])
    .where(at(place))
    .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]))
    .where('key', '>=', start)
    .$if(end !== undefined, (more) => more.where('key', '<', end!))
    .where((row) => row.not(row.exists(vectorOf(row))))
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, text: null }))
}

export async function embeddersOf(db: Db, place: MemoryPlace, keys: string[]): Promise<Map<string, EmbedderOf>> {
  if (keys.length === 0) return new Map()
  const rows = await vectorsAt(db, place).where('key', 'in', keys).execute()
  return new Map(rows.map(({ key, provider, model, dimension }) => [key, { provider, model, dimension }]))
}

export async function countByEmbedder(db: Db, tenantId: string, scope: MemoryScope | undefined) {
  return db
    .selectFrom('memory_vectors')
    .select((row) => ['provider', 'model', 'dimension', row.fn.countAll<number>().as('row_count')])
    .where('tenant_id', '=', tenantId)
    .$if(scope !== undefined, (query) => query.where('scope', '=', scope!))
    .groupBy(['provider', 'model', 'dimension'])
    .orderBy('row_count', 'desc')
    .execute()
}

export async function countVectors(db: Db, place: MemoryPlace): Promise<number> {
  const { count } = await db
    .selectFrom('memory_vectors')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where(at(place))
    .executeTakeFirstOrThrow()
  return count
}

/** Vectors that another embedder made, with what they were made from. */
export async function listStale(db: Db, place: MemoryPlace, current: EmbedderOf, range: Range) {
  const end = keyAfterPrefix(toKey(range.prefix))
  const rows = await db
    .selectFrom('memory_vectors as vector')
    .innerJoin('memory', (join) =>
      join
        .onRef('memory.tenant_id', '=', 'vector.tenant_id')
        .onRef('memory.scope', '=', 'vector.scope')
        .onRef('memory.scope_id', '=', 'vector.scope_id')
        .onRef('memory.key', '=', 'vector.key'),
    )
    .select(['vector.key', 'vector.text', 'memory.value'])
    .where('vector.tenant_id', '=', place.tenantId)
    .where('vector.scope', '=', place.scope)
    .where('vector.scope_id', '=', place.scopeId)
    .where('vector.key', '>=', toKey(range.prefix))
    .$if(end !== undefined, (query) => query.where('vector.key', '<', end!))
    .where(
      sql<boolean>`(vector.provider, vector.model, vector.dimension) <> (${current.provider}, ${current.model}, ${current.dimension})`,
    )
    .orderBy('vector.key')
    .limit(range.limit)
    .execute()
  return rows.map(({ key, text, value }) => ({ key, text, json: value }))
}

export async function countStale(db: Db, place: MemoryPlace, current: EmbedderOf): Promise<number> {
  const rows = await db
    .selectFrom('memory_vectors')
    .select((row) => ['provider', 'model', 'dimension', row.fn.countAll<number>().as('count')])
    .where(at(place))
    .groupBy(['provider', 'model', 'dimension'])
    .execute()
  return rows.filter((row) => !sameEmbedder(row, current)).reduce((sum, { count }) => sum + count, 0)
}

function sameEmbedder(a: EmbedderOf, b: EmbedderOf): boolean {
  return a.provider === b.provider && a.model === b.model && a.dimension === b.dimension
}

function vectorsAt(db: Db, place: MemoryPlace) {
  return db.selectFrom('memory_vectors').select(['key', 'provider', 'model', 'dimension']).where(at(place))
}

function vectorOf(row: ExpressionBuilder<Schema, 'memory'>) {
  return row
    .selectFrom('memory_vectors')
    .select('memory_vectors.key')
    .whereRef('memory_vectors.tenant_id', '=', 'memory.tenant_id')
    .whereRef('memory_vectors.scope', '=', 'memory.scope')
    .whereRef('memory_vectors.scope_id', '=', 'memory.scope_id')
    .whereRef('memory_vectors.key', '=', 'memory.key')
}

function at({ tenantId, scope, scopeId }: MemoryPlace) {
  return <T extends Tables>(row: ExpressionBuilder<Schema, T>) =>
    (row as ExpressionBuilder<Schema, Tables>).and({
      tenant_id: tenantId,
      scope,
      scope_id: scopeId,
    } as never)
}
