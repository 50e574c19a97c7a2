import { type Kysely, type RawBuilder, sql } from 'kysely'
import { inList, inNumbers, unlimited } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { REFERENCES } from '../edges/links.ts'
import { isStaying } from './batches.ts'
import { insertRows } from './insert-rows.ts'

type Db = Kysely<Schema>

export interface Edge {
  from_id: string
  to_id: string
  kind: string
  auto: number
}

/** Undefined where there is no such edge. */
export async function findEdge(db: Db, fromId: string, toId: string, kind: string): Promise<Edge | undefined> {
  return db
    .selectFrom('chunk_edges')
    .select(['from_id', 'to_id', 'kind', 'auto'])
    .where((e) => e.and({ from_id: fromId, to_id: toId, kind }))
    .executeTakeFirst()
}

/** Edges that are there already stay as they are, but are no longer automatic. */
export async function insertEdges(tx: Db, placeId: number, edges: readonly Edge[], now: number): Promise<void> {
  await insertRows(
    tx,
    'insert into chunk_edges',
    ['from_id', 'to_id', 'kind', 'auto', 'place_id', 'created_at'],
    edges.map((edge) => [edge.from_id, edge.to_id, edge.kind, edge.auto, placeId, now]),
    `on conflict (from_id, to_id, kind) do update
      set auto = excluded.auto, place_id = excluded.place_id, created_at = excluded.created_at`,
  )
}

export async function deleteEdge(tx: Db, { from_id, to_id, kind }: Edge): Promise<void> {
  await tx
    .deleteFrom('chunk_edges')
    .where((e) => e.and({ from_id, to_id, kind }))
    .execute()
}

export async function deleteEdges(tx: Db, edges: readonly Edge[]): Promise<void> {
  const keys = JSON.stringify(edges.map(({ from_id, to_id, kind }) => [from_id, to_id, kind]))
  await sql`
    delete from chunk_edges where (from_id, to_id, kind) in (
      select value ->> 0, value ->> 1, value ->> 2 from json_each(${keys}))`.execute(tx)
}

/** That start or end at one of these chunks. */
export async function listEdgesOf(db: Db, ids: readonly string[], limit = unlimited): Promise<Edge[]> {
  return db
    .selectFrom('chunk_edges')
    .select(['from_id', 'to_id', 'kind', 'auto'])
    .where((e) => e.or([e('from_id', 'in', inList(ids)), e('to_id', 'in', inList(ids))]))
    .$if(limit === unlimited, (query) => query.orderBy('from_id').orderBy('to_id').orderBy('kind'))
    .limit(limit)
    .execute()
}

export interface EdgeWithEnds extends Edge {
  from_title: string
  from_type: string
  from_status: string
  from_document_id: string
  to_title: string
  to_type: string
  to_status: string
  to_document_id: string
}

function withEnds(db: Db) {
  return db
    .selectFrom('chunk_edges as e')
    .innerJoin('live_chunks as f', 'f.id', 'e.from_id')
    .innerJoin('live_chunks as t', 't.id', 'e.to_id')
    .select([
      ...(['e.from_id', 'e.to_id', 'e.kind', 'e.auto'] as const),
      ...(['f.title as from_title', 'f.type as from_type', 'f.status as from_status'] as const),
      ...(['f.document_id as from_document_id', 't.document_id as to_document_id'] as const),
      ...(['t.title as to_title', 't.type as to_type', 't.status as to_status'] as const),
    ])
}

/** A page of the edges that start at one of these chunks and were drawn. */
export async function listDrawnEdges(
  db: Db,
  fromIds: readonly string[],
  after: Edge | undefined,
  limit: number,
): Promise<Edge[]> {
  let query = db
    .selectFrom('chunk_edges')
    .select(['from_id', 'to_id', 'kind', 'auto'])
    .where('from_id', 'in', inList(fromIds))
    .where('auto', '=', 0)
  if (after) query = query.where(isAfter(after))
  return query.orderBy('from_id').orderBy('to_id').orderBy('kind').limit(limit).execute()
}

/** The first edges that start at one of these chunks, or that lead to one. */
export async function listEdgesAt(
  db: Db,
  placeId: number,
  side: 'from' | 'to',
  ids: readonly string[],
  limit: number,
): Promise<EdgeWithEnds[]> {
  return withEnds(db).where('e.place_id', '=', placeId).where(`e.${side}_id`, 'in', inList(ids)).limit(limit).execute()
}

/** A page of the edges that start at a chunk, or that lead to it, by their other ends. */
export async function listEdgesAtOne(
  db: Db,
  placeId: number,
  side: 'from' | 'to',
  id: string,
  after: Edge | undefined,
  limit: number,
): Promise<EdgeWithEnds[]> {
  const other = side === 'from' ? 'to_id' : 'from_id'
  let query = withEnds(db).where('e.place_id', '=', placeId).where(`e.${side}_id`, '=', id)
  if (after) query = query.where(sql<boolean>`(${sql.ref(`e.${other}`)}, e.kind) > (${after[other]}, ${after.kind})`)
  return query.orderBy(`e.${other}`).orderBy('e.kind').limit(limit).execute()
}

function isAfter({ from_id, to_id, kind }: Edge) {
  return sql<boolean>`(from_id, to_id, kind) > (${from_id}, ${to_id}, ${kind})`
}

export async function replaceLinks(
  tx: Db,
  placeId: number,
  links: ReadonlyArray<{ id: string; document_id: string; targets: readonly string[] }>,
): Promise<void> {
  await tx
    .deleteFrom('chunk_links')
    .where('from_id', 'in', inList(links.map(({ id }) => id)))
    .execute()
  await insertRows(
    tx,
    'insert into chunk_links',
    ['from_id', 'target', 'place_id', 'document_id'],
    links.flatMap(({ id, document_id, targets }) => targets.map((target) => [id, target, placeId, document_id])),
  )
}

/** How many links and edges start or end at these chunks, at most so many. */
export async function countEdgesAt(db: Db, numbers: readonly number[], limit: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with these as materialized (
      select id from chunks where n in ${inNumbers(numbers)})
    select count(*) as n from (
      select 1 from these cross join chunk_edges on from_id = id
      union all select 1 from these cross join chunk_edges on to_id = id
      union all select 1 from these cross join chunk_links on from_id = id
      union all select 1 from these cross join chunk_links on to_id = id
      limit ${limit}) as some_of_them`.execute(db)
  return rows[0]?.n ?? 0
}

/** At most so many; says how many there were. */
export async function deleteLinksFrom(tx: Db, ids: readonly string[], limit: number): Promise<number> {
  const { rows } = await sql`
    delete from chunk_links where (from_id, target) in (
      select from_id, target from chunk_links where from_id in ${inList(ids)} limit ${limit})
    returning 1`.execute(tx)
  return rows.length
}

export interface Link {
  from_id: string
  target: string
  to_id: string | null
}

const linkColumns = ['from_id', 'target', 'to_id'] as const
const beforeAll = { from_id: '', target: '' }

/** Links that lead to one of these chunks. */
export async function listLinksTo(db: Db, ids: readonly string[], limit: number): Promise<Link[]> {
  return db.selectFrom('chunk_links').select(linkColumns).where('to_id', 'in', inList(ids)).limit(limit).execute()
}

/** A page of the links that lead to one chunk. */
export async function listLinksToOne(
  db: Db,
  id: string,
  after: Pick<Link, 'from_id' | 'target'>,
  limit: number,
): Promise<Link[]> {
  return db
    .selectFrom('chunk_links')
    .select(linkColumns)
    .where('to_id', '=', id)
    .where(sql<boolean>`(from_id, target) > (${after.from_id}, ${after.target})`)
    .orderBy('from_id')
    .orderBy('target')
    .limit(limit)
    .execute()
}

/** A page of the links that a chunk of one of these titles or ids could be meant by: of its document, or still open. */
export async function listAwaiting(
  db: Db,
  placeId: number,
  documentId: string,
  names: readonly string[],
  limit: number,
  after: Pick<Link, 'from_id' | 'target'> = beforeAll,
): Promise<Link[]> {
  const is = names.length === 1 ? sql`= ${names[0]}` : sql`in ${inList(names)}`
  const page = sql`(from_id, target) > (${after.from_id}, ${after.target}) order by from_id, target limit ${limit}`
  const { rows } = await sql<Link>`
    select * from (select from_id, target, to_id from chunk_links
      where document_id = ${documentId} and target ${is} and ${page}) as own
    union
    select * from (select from_id, target, to_id from chunk_links
      where place_id = ${placeId} and to_id is null and target ${is} and ${page}) as others
    order by from_id, target limit ${limit}`.execute(db)
  return rows
}

/** Finds what these links lead to now, and makes their automatic edges anew. */
export async function relink(tx: Db, links: readonly Link[], now: number): Promise<void> {
  if (links.length === 0) return
  const given = JSON.stringify(links)
  const these = sql`(from_id, target) in (
    select value ->> 'from_id', value ->> 'target' from json_each(${given}))`
  await sql`update chunk_links as l set to_id = ${meant} where ${these}`.execute(tx)
  await sql`
    delete from chunk_edges as e
    where auto = 1 and kind = ${REFERENCES} and (from_id, to_id) in (
      select value ->> 'from_id', value ->> 'to_id' from json_each(${given}))
    and not exists (select 1 from chunk_links as l where l.from_id = e.from_id and l.to_id = e.to_id)`.execute(tx)
  await insertReferences(tx, these, now)
  // It may come after the change that led to it, which was counted then.
  await sql`update document_places set relinked = relinked + 1 where id = (
    select place_id from chunk_links where from_id = ${links[0]!.from_id} limit 1)`.execute(tx)
}

/** What a link leads to: the chunk of that id or title, in the same document if it has one, else the oldest in the place. */
const meant = sql`coalesce(
  (select c.id from chunks as c where c.id = l.target and c.place_id = l.place_id and ${isStaying}),
  (select c.id from chunks as c where c.place_id = l.place_id and c.title_key = l.target and ${isStaying}
   order by c.document_id = l.document_id desc, c.n limit 1))`

/** Finds what the links of these chunks lead to, and makes their automatic edges anew. */
export async function resolveLinks(tx: Db, fromIds: readonly string[], now: number): Promise<void> {
  if (fromIds.length === 0) return
  const from = inList(fromIds)
  await sql`update chunk_links as l set to_id = ${meant} where from_id in ${from}`.execute(tx)
  await tx.deleteFrom('chunk_edges').where('from_id', 'in', from).where('auto', '=', 1).execute()
  await insertReferences(tx, sql`from_id in ${from}`, now)
}

async function insertReferences(tx: Db, which: RawBuilder<unknown>, now: number) {
  await sql`
    insert into chunk_edges (from_id, to_id, kind, auto, place_id, created_at)
    select from_id, to_id, ${REFERENCES}, 1, place_id, ${now} from chunk_links
    where ${which} and to_id is not null and to_id <> from_id
    on conflict do nothing`.execute(tx)
}
