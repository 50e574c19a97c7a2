import { type Kysely, type RawBuilder, sql } from 'kysely'
import { asJson, asJsonField, inList, inNumbers, jsonField } from '../../../ground/db/dialect.ts'
import type { Schema } from '../../../ground/db/schema/index.ts'
import { parseJson } from '../../../ground/json.ts'
import { isIn } from './places.ts'
import { inPlace } from './search.ts'
import { tagsOf } from './tags.ts'

type Db = Kysely<Schema>
type Condition = RawBuilder<unknown>

export interface FieldPredicate {
  field: string
  is: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in' | 'contains' | 'set' | 'unset'
  value?: unknown
}

export interface ChunkQuery {
  /** Undefined: of all documents. */
  documentIds: readonly string[] | undefined
  ids: readonly string[] | undefined
  type: string | undefined
  status: string | undefined
  parentId: string | undefined
  tag: string | undefined
  tagPrefix: string | undefined
  match: string | undefined
  where: readonly FieldPredicate[]
  sort: string
  descending: boolean
  /** Sort values of the row before the page. */
  after: readonly unknown[] | undefined
  limit: number
  offset: number
}

export interface QueriedChunk {
  n: number
  id: string
  document_id: string
  parent_id: string
  title: string
  position: number
  revision: number
  type: string
  status: string
  rank: string
  natural_key: string | null
  updated_at: number
  body?: string
  fields?: string | null
  tags?: string
  created_at?: number
  /** JSON: who wrote this revision. */
  actor?: string
  /** JSON: who made the first change. */
  maker?: string | null
}

export interface FoundNumber {
  n: number
  id: string
  /** What it was sorted by. */
  key: unknown[]
}

const furthestOnTheSpot = 2000

/** Whether an index leads to the first of what it lets through, however much there is. */
export function isFollowingAnIndex({ documentIds, ids, sort, offset, ...filter }: ChunkQuery): boolean {
  if (filter.match !== undefined) return false
  if (ids) return true
  const narrows = [filter.type, filter.status, filter.tag, filter.tagPrefix]
  const isPlain = narrows.every((value) => value === undefined) && filter.where.length === 0
  return isPlain && documentIds?.length === 1 && sort === 'position' && offset <= furthestOnTheSpot
}

/** Whether a place has so few chunks that any question about them is soon answered, unless it is asked of all places' words. */
export async function hasFewChunks(db: Db, placeId: number): Promise<boolean> {
  const { rows } = await sql`select 1 from chunks where place_id = ${placeId} limit ${few + 1}`.execute(db)
  return rows.length <= few
}

const few = 1000

/** Those that a query finds, in order. */
export async function findNumbers(db: Db, placeId: number, query: ChunkQuery): Promise<FoundNumber[]> {
  const keys = sortKeys(query.sort)
  const order = sql.raw(query.descending ? 'desc' : 'asc')
  const conditions = [...filters(placeId, query)]
  if (query.after) conditions.push(isAfter(query, keys, query.after))
  const { rows } = await sql<{ n: number; id: string } & Record<string, string>>`
    select c.n, c.id ${sql.join(
      keys.map((key, i) => sql`, ${asJson(key)} as ${sql.ref(`key${i}`)}`),
      sql``,
    )}
    from live_chunks as c
    ${needsContents(query) ? sql`join chunk_contents as t on t.n = c.n` : sql``}
    where ${sql.join(conditions, sql` and `)}
    order by ${sql.join(keys.map((key) => sql`${key} ${order}`))}
    limit ${query.limit} offset ${query.offset}`.execute(db)
  return rows.map(({ n, id, ...row }) => ({ n, id, key: keys.map((_, i) => parseJson(row[`key${i}`]!)) }))
}

/** Of one document, its name stays out of what is compared, so that the index leads to the place in it. */
function isAfter({ documentIds, sort, descending }: ChunkQuery, keys: Condition[], after: readonly unknown[]) {
  const compare = sql.raw(descending ? '<' : '>')
  const from = sort === 'position' && documentIds?.length === 1 ? 1 : 0
  const [first, ...others] = after.slice(from)
  const values = [sort.startsWith('field:') ? asJsonField(first) : sql`${first}`, ...others.map((part) => sql`${part}`)]
  return sql`(${sql.join(keys.slice(from))}) ${compare} (${sql.join(values)})`
}

/** What is shown of these chunks, as far as they are there. */
export async function listQueried(
  db: Db,
  placeId: number,
  numbers: readonly number[],
  include: readonly string[],
): Promise<QueriedChunk[]> {
  const hasContents = include.includes('body') || include.includes('fields')
  const { rows } = await sql<QueriedChunk>`
    select c.n, c.id, c.document_id, c.parent_id, c.title, s.base + c.slot as position, c.revision, c.type, c.status,
      c.rank, c.natural_key, c.updated_at
      ${include.includes('body') ? sql`, t.body` : sql``}
      ${include.includes('fields') ? sql`, t.fields` : sql``}
      ${include.includes('actors') ? sql`, c.created_at, c.actor, ${maker} as maker` : sql``}
      ${include.includes('tags') ? sql`, ${tagsOf('c')} as tags` : sql``}
    from live_chunks as c
    join chunk_shelves as s on s.document_id = c.document_id and s.parent_id = c.parent_id and s.shelf = c.shelf
    ${hasContents ? sql`join chunk_contents as t on t.n = c.n` : sql``}
    where ${isIn('c', placeId)} and c.n in ${inNumbers(numbers)}`.execute(db)
  return rows
}

/** Whose change of it was the first. */
const maker = sql`(select actor from document_changes where chunk_id = c.id order by seq limit 1)`

/** Of any type, so that a page can go on after them: numbers sort before texts, and what is missing before both. */
function sortKeys(sort: string): Condition[] {
  switch (sort) {
    case 'position':
      return [sql`c.document_id`, sql`c.parent_id`, sql`c.shelf`, sql`c.slot`]
    case 'rank':
    case 'title':
    case 'type':
    case 'status':
    case 'created_at':
    case 'updated_at':
      return [sql`${sql.ref(`c.${sort}`)}`, sql`c.n`]
    default:
      return [sql`coalesce(${field(sort.slice('field:'.length))}, ${asJsonField(-Number.MAX_VALUE)})`, sql`c.n`]
  }
}

function needsContents(query: ChunkQuery): boolean {
  return query.where.length > 0 || query.sort.startsWith('field:')
}

function* filters(placeId: number, query: ChunkQuery): Generator<Condition> {
  yield query.ids || query.match !== undefined ? isIn('c', placeId) : sql`c.place_id = ${placeId}`
  if (query.documentIds?.length === 1) yield sql`c.document_id = ${query.documentIds[0]}`
  else if (query.documentIds) yield sql`c.document_id in ${inList(query.documentIds)}`
  if (query.ids) yield sql`c.id in ${inList(query.ids)}`
  if (query.type !== undefined) yield sql`c.type = ${query.type}`
  if (query.status !== undefined) yield sql`c.status = ${query.status}`
  if (query.parentId !== undefined) yield sql`c.parent_id = ${query.parentId}`
  if (query.tag !== undefined) yield tagged(sql`tag = ${query.tag}`)
  if (query.tagPrefix !== undefined) yield tagged(sql`substr(tag, 1, ${query.tagPrefix.length}) = ${query.tagPrefix}`)
  if (query.match !== undefined) {
    yield sql`c.n in (select rowid from chunk_fts(${inPlace(placeId, query.match)}))`
  }
  for (const predicate of query.where) yield fieldCondition(predicate)
}

function tagged(condition: Condition): Condition {
  return sql`exists (select 1 from chunk_tags where chunk_id = c.id and ${condition})`
}

function field(name: string): Condition {
  return jsonField('t.fields', name)
}

const comparison = { eq: '=', ne: 'is distinct from', lt: '<', le: '<=', gt: '>', ge: '>=' } as const

function fieldCondition({ field: name, is, value }: FieldPredicate): Condition {
  const left = field(name)
  switch (is) {
    case 'set':
      return sql`${left} is not null`
    case 'unset':
      return sql`${left} is null`
    case 'in':
      return sql`${left} in (${sql.join([null, ...((value ?? []) as unknown[])].map(asJsonField))})`
    case 'contains':
      return sql`instr(lower(${left}), lower(${asJsonField(String(value))})) > 0`
    default:
      return sql`${left} ${sql.raw(comparison[is])} ${asJsonField(value ?? null)}`
  }
}
