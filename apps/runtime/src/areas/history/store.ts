import { fold } from '@loomcycle/proto/wire'
import { type InsertQueryBuilder, type InsertResult, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { unfinished } from '../../engine/rows/sessions.ts'
import type { Database } from '../../ground/db/database.ts'
import { inList, jsonField, membersOf, unlimited } from '../../ground/db/dialect.ts'
import { isBehind } from '../../ground/db/is-behind.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Term } from '../../ground/full-text/terms.ts'

export interface ChatRow {
  session_id: string
  tenant_id: string
  user_id: string
  agent: string
  created_at: number
  last_activity: number
  title: string | null
  opening: string
  pinned: number
  archived_at: number | null
  deleted_at: number | null
  description: string | null
  /** JSON: a list of texts. */
  tags: string | null
  summary: string | null
  summary_updated_at: number | null
  run_id: string | null
  agent_id: string | null
  status: 'running' | 'completed' | 'failed' | 'cancelled' | null
  phase: 'queued' | 'working' | 'parked' | 'waiting' | null
  run_count: number
  input_tokens: number
  output_tokens: number
  branched_from: string | null
  branched_seq: number | null
  /** What the session it branched from is called; null where that is gone or deleted. */
  source_title: string | null
}

export interface ChatFilter {
  /** Undefined: every tenant's. */
  tenantId: string | undefined
  /** Undefined: every user's. */
  userId: string | undefined
  /** Undefined: every agent's. */
  agent?: string | undefined
  pinnedOnly: boolean
  includeArchived: boolean
  archivedOnly?: boolean | undefined
  /** Only what was deleted, archived or not; otherwise never any of it. */
  deletedOnly?: boolean | undefined
  /** Also the sessions of sub-agents, and of runs that a card has started and nobody has talked to since. */
  includeInternal?: boolean | undefined
  titleContains?: string | undefined
  status?: ChatRow['status'] | undefined
  /** Last activity, unix milliseconds; the end is exclusive. */
  from?: number | undefined
  to?: number | undefined
  tag?: string | undefined
  untagged?: boolean | undefined
  /** Only these. */
  ids?: readonly string[]
}

const countedOnTheSpot = 2000
const furthestOnTheSpot = 2000

type Db = Kysely<Schema>
type Sessions = SelectQueryBuilder<Schema, 'sessions', object>

function matching(query: Sessions, filter: ChatFilter): Sessions {
  let matched = query
  // The plus keeps SQLite from looking through all of an owner's where a few are named.
  const own = (column: string) => sql`${sql.raw(filter.ids ? '+' : '')}${sql.ref(column)}`
  if (filter.tenantId !== undefined) matched = matched.where(sql<boolean>`${own('tenant_id')} = ${filter.tenantId}`)
  if (filter.userId !== undefined) matched = matched.where(sql<boolean>`${own('user_id')} = ${filter.userId}`)
  if (filter.pinnedOnly) matched = matched.where('pinned', '=', 1)
  matched = filter.deletedOnly ? matched.where('deleted_at', '>', unfinished) : matched.where('deleted_at', 'is', null)
  if (filter.archivedOnly) matched = matched.where('archived_at', 'is not', null)
  else if (!filter.includeArchived && !filter.deletedOnly) matched = matched.where('archived_at', 'is', null)
  if (!filter.includeInternal) matched = matched.where(sql<boolean>`not ${startedByAnAgent} and not ${startedByACard}`)
  if (filter.agent !== undefined) matched = matched.where('agent', '=', filter.agent)
  if (filter.from !== undefined) matched = matched.where('last_activity', '>=', filter.from)
  if (filter.to !== undefined) matched = matched.where('last_activity', '<', filter.to)
  if (filter.status) matched = matched.where(sql<boolean>`${latestStatus} = ${filter.status}`)
  if (filter.tag !== undefined) {
    matched = matched.where(
      sql<boolean>`exists (select 1 from chat_notes as n, ${membersOf('n.tags')} as t where n.session_id = sessions.id and t.value = ${filter.tag})`,
    )
  }
  if (filter.untagged) {
    matched = matched.where(
      sql<boolean>`not exists (select 1 from chat_notes as n where n.session_id = sessions.id and n.tags is not null)`,
    )
  }
  if (filter.ids) matched = matched.where(sql<boolean>`id in ${inList(filter.ids)}`)
  if (filter.titleContains) {
    const part = JSON.stringify([fold(filter.titleContains)])
    matched = matched.where(sql<boolean>`has_words(${part}, coalesce(title, opening))`)
  }
  return matched
}

const startedByAnAgent = sql<boolean>`exists (select 1 from runs as r where r.session_id = sessions.id and r.parent_run_id is not null)`

/** A person who goes on with it makes it a conversation of theirs. */
const startedByACard = sql<boolean>`(exists (select 1 from runs as r where r.session_id = sessions.id) and not exists (select 1 from runs as r where r.session_id = sessions.id and ${jsonField('r.options', 'unattended')} is null))`

const latestStatus = sql<string>`coalesce((select status from runs as r where r.session_id = sessions.id order by started_at desc, first_seq desc limit 1), 'completed')`

/** Whether the indexes lead to the first of what it lets through, however much there is. */
function isFollowingAnIndex({ agent, tenantId, userId, ...filter }: ChatFilter): boolean {
  const isOfOneOrAll = (tenantId === undefined) === (userId === undefined) && agent === undefined
  const narrows = [filter.archivedOnly, filter.deletedOnly, filter.pinnedOnly, filter.titleContains, filter.status]
  const more = [filter.from, filter.to, filter.tag]
  return isOfOneOrAll && !narrows.some(Boolean) && !filter.untagged && more.every((value) => value === undefined)
}

/** Few are counted on the spot; `aside` counts the others. */
export async function countChats(db: Database, aside: Db, filter: ChatFilter): Promise<number> {
  if (isFollowingAnIndex(filter)) {
    const few = await countUpTo(db.read, filter, countedOnTheSpot)
    if (few < countedOnTheSpot) return few
  }
  return countUpTo(aside, filter, unlimited)
}

async function countUpTo(db: Db, filter: ChatFilter, limit: number): Promise<number> {
  const { n } = await db
    .selectFrom(matching(db.selectFrom('sessions'), filter).select('id').limit(limit).as('some'))
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

export interface ChatPage {
  limit: number
  offset: number
  /** Key of the row before the page, as `chatKey` makes it. */
  after?: readonly unknown[] | undefined
}

/** What conversations are sorted by. */
export function chatKey({ pinned, last_activity, session_id }: ChatRow) {
  return [pinned, last_activity, session_id] as const
}

/** Pinned first, then by last activity. */
export async function listChats(db: Database, aside: Db, filter: ChatFilter, page: ChatPage): Promise<ChatRow[]> {
  const isNear = isFollowingAnIndex(filter) && page.offset <= furthestOnTheSpot
  const sessions = await matching((isNear ? db.read : aside).selectFrom('sessions'), filter)
    .$if(page.after !== undefined, (query) => query.where(isBehindChat(page.after!)))
    .select('id')
    .orderBy('pinned', 'desc')
    .orderBy('last_activity', 'desc')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return chatsInOrder(
    db,
    sessions.map(({ id }) => id),
  )
}

/** Ids are sorted the other way, so the others lead to where the page begins. */
function isBehindChat([pinned, lastActivity, id]: readonly unknown[]) {
  const key = [pinned, lastActivity]
  const columns = [sql`pinned`, sql`last_activity`]
  return sql<boolean>`(pinned, last_activity) <= (${pinned}, ${lastActivity}) and (${isBehind(columns, key, 'desc')} or id > ${id})`
}

async function chatsInOrder(db: Database, ids: readonly string[]): Promise<ChatRow[]> {
  const rows = await chatsByIds(db, ids)
  const byId = new Map(rows.map((row) => [row.session_id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** A deleted one is not found. */
export async function findChat(db: Database, sessionId: string): Promise<ChatRow | undefined> {
  const [row] = await chatsByIds(db, [sessionId])
  return row?.deleted_at === null ? row : undefined
}

export async function countTags(db: Db, filter: ChatFilter): Promise<{ tag: string; count: number }[]> {
  const ids = matching(db.selectFrom('sessions'), filter).select('id')
  const counted = sql<{ tag: string; count: number }>`select t.value as tag, count(*) as count
    from chat_notes as n, ${membersOf('n.tags')} as t where n.session_id in (${ids}) group by t.value order by t.value collate "binary"`
  return (await counted.execute(db)).rows
}

export function chatsByIds(db: Database, ids: readonly string[]): Promise<ChatRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  const latest = sql<string>`(select id from runs as r where r.session_id = sessions.id order by started_at desc, first_seq desc limit 1)`
  const totals = db.read
    .selectFrom('runs')
    .select((e) => [
      'session_id',
      e.fn.countAll<number>().as('run_count'),
      e.fn.sum<number>('input_tokens').as('input_tokens'),
      e.fn.sum<number>('output_tokens').as('output_tokens'),
    ])
    .where('session_id', 'in', ids)
    .groupBy('session_id')
  return db.read
    .selectFrom('sessions')
    .leftJoin('runs', (join) => join.onRef('runs.session_id', '=', 'sessions.id').on('runs.id', '=', latest))
    .leftJoin(totals.as('totals'), 'totals.session_id', 'sessions.id')
    .leftJoin('chat_notes', 'chat_notes.session_id', 'sessions.id')
    .leftJoin('sessions as sources', (join) =>
      join.onRef('sources.id', '=', 'sessions.branched_from').on('sources.deleted_at', 'is', null),
    )
    .where('sessions.id', 'in', ids)
    .select((e) => [
      'sessions.id as session_id',
      'sessions.tenant_id',
      'sessions.user_id',
      'sessions.agent',
      'sessions.created_at',
      'sessions.last_activity',
      'sessions.title',
      'sessions.opening',
      'sessions.pinned',
      'sessions.archived_at',
      'sessions.deleted_at',
      'sessions.branched_from',
      'sessions.branched_seq',
      e.fn.coalesce('sources.title', 'sources.opening').as('source_title'),
      'chat_notes.description',
      'chat_notes.tags',
      'chat_notes.summary',
      'chat_notes.summary_updated_at',
      'runs.id as run_id',
      'runs.agent_id',
      'runs.status',
      'runs.phase',
      e.fn.coalesce('totals.run_count', sql<number>`0`).as('run_count'),
      e.fn.coalesce('totals.input_tokens', sql<number>`0`).as('input_tokens'),
      e.fn.coalesce('totals.output_tokens', sql<number>`0`).as('output_tokens'),
    ])
    .execute()
}

/** What branches are sorted by. */
export function branchKey({ created_at, session_id }: ChatRow) {
  return [created_at, session_id] as const
}

/** Oldest first. */
export async function listBranches(
  db: Database,
  sessionId: string,
  { after, limit }: { after: readonly unknown[] | undefined; limit: number },
): Promise<ChatRow[]> {
  const branches = await db.read
    .selectFrom('sessions')
    .select('id')
    .where('branched_from', '=', sessionId)
    .where('deleted_at', 'is', null)
    .$if(after !== undefined, (query) => query.where(isBehind([sql`created_at`, sql`id`], after!, 'asc')))
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return chatsInOrder(
    db,
    branches.map(({ id }) => id),
  )
}

/** Newest activity first. */
export async function listMatchingIds(db: Db, filter: ChatFilter, terms: readonly Term[]): Promise<string[]> {
  const texts = sql`coalesce(title, opening),
    (select description from chat_notes as n where n.session_id = sessions.id),
    (select tags from chat_notes as n where n.session_id = sessions.id)`
  const words = JSON.stringify(terms.map(({ text }) => text))
  const query = matching(db.selectFrom('sessions'), filter).where(sql<boolean>`has_words(${words}, ${texts})`)
  const rows = await query.select('id').orderBy('last_activity', 'desc').orderBy('id').limit(2000).execute()
  return rows.map(({ id }) => id)
}

/** Which of these sessions the filter lets through. */
export async function filterIds(db: Db, filter: ChatFilter, ids: readonly string[]): Promise<Set<string>> {
  const rows = await matching(db.selectFrom('sessions'), { ...filter, ids })
    .select('id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export async function findTags(db: Pick<Kysely<Schema>, 'selectFrom'>, sessionId: string): Promise<string[]> {
  const notes = await db.selectFrom('chat_notes').select('tags').where('session_id', '=', sessionId).executeTakeFirst()
  return JSON.parse(notes?.tags ?? '[]') as string[]
}

export function updateNotes(
  db: Pick<Kysely<Schema>, 'insertInto'>,
  chat: { session_id: string; tenant_id: string },
  change: Partial<Pick<ChatRow, 'description' | 'tags' | 'summary' | 'summary_updated_at'>>,
): InsertQueryBuilder<Schema, 'chat_notes', InsertResult> {
  return db
    .insertInto('chat_notes')
    .values({
      session_id: chat.session_id,
      tenant_id: chat.tenant_id,
      description: null,
      tags: null,
      summary: null,
      summary_updated_at: null,
      ...change,
    })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet(change))
}
