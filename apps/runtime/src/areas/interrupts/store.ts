import { type Kysely, type Selectable, sql } from 'kysely'
import { notDeleted } from '../../engine/rows/sessions.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { InterruptsTable } from '../../ground/db/schema/interrupts.ts'
import type { Statement } from '../../ground/db/statement.ts'

export type InterruptRow = Selectable<InterruptsTable>

export function insertInterrupt(db: Database, row: InterruptRow): Statement {
  return db.sql.insertInto('interrupts').values(row).compile()
}

/** Fails where it is settled already: of two who answer at once, one does. */
export function settleInterrupt(
  id: string,
  to: { status: InterruptRow['status']; answer: string | null; at: number; by: string },
): Statement {
  return {
    sql: `update interrupts set status = ?, answer = ?, resolved_at = ?, resolved_by = ? where id = ? and status = 'pending'`,
    parameters: [to.status, to.answer, to.at, to.by, id],
    mustChange: true,
  }
}

export async function findInterrupt(db: Database, id: string): Promise<InterruptRow | undefined> {
  return db.read.selectFrom('interrupts').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listPending(db: Pick<Database, 'all'>, runId: string): Promise<InterruptRow[]> {
  return db.all(`select * from interrupts where run_id = ? and status = 'pending'`, [runId])
}

export async function listOpenQuestions(db: Kysely<Schema>, runId: string): Promise<InterruptRow[]> {
  const open = { run_id: runId, status: 'pending', kind: 'question' } as const
  return db
    .selectFrom('interrupts')
    .selectAll()
    .where((e) => e.and(open))
    .orderBy('created_at')
    .execute()
}

export interface InterruptFilter {
  /** Undefined: every tenant's. */
  tenantId: string | undefined
  /** Undefined: whatever became of them. */
  status: string | undefined
  of: { runId: string } | { userId: string }
}

function matching(db: Database, { tenantId, status, of }: InterruptFilter) {
  let query = db.read.selectFrom('interrupts')
  query = 'runId' in of ? query.where('run_id', '=', of.runId) : query.where('user_id', '=', of.userId)
  if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId)
  if (status !== undefined) query = query.where('status', '=', status as InterruptRow['status'])
  return query.where(notDeleted('interrupts'))
}

/** What questions are sorted by. */
export function interruptKey({ created_at, id }: InterruptRow) {
  return [created_at, id] as const
}

/** Newest first. */
export async function listInterrupts(
  db: Database,
  filter: InterruptFilter,
  { after, limit }: { after: readonly unknown[] | undefined; limit: number },
): Promise<InterruptRow[]> {
  return matching(db, filter)
    .$if(after !== undefined, (query) => query.where(isBehindQuestion(after!)))
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy((e) => e.ref('rowid' as 'id'), 'desc')
    .limit(limit)
    .execute()
}

/**
 * Of those of one moment, the last asked comes first, by a number that is nobody's business. Where the one before the
 * page is gone, all of its moment are behind it: rather twice than not at all.
 */
function isBehindQuestion([at, id]: readonly unknown[]) {
  const number = sql`coalesce((select i.rowid from interrupts as i where i.id = ${id}), ${Number.MAX_SAFE_INTEGER})`
  return sql<boolean>`created_at <= ${at} and (created_at < ${at} or rowid < ${number})`
}

export async function countInterrupts(db: Database, filter: InterruptFilter): Promise<number> {
  const { n } = await matching(db, filter)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

const due = `from interrupts where status = 'pending' and expires_at is not null`

export async function listDueInterrupts(db: Database, now: number, limit: number): Promise<InterruptRow[]> {
  return db.all(`select * ${due} and expires_at <= ? order by expires_at limit ?`, [now, limit])
}

export async function earliestExpiry(db: Database): Promise<number | undefined> {
  return (await db.all<{ at: number | null }>(`select min(expires_at) as at ${due}`, []))[0]?.at ?? undefined
}
