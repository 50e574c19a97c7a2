import type { Database } from '../../ground/db/database.ts'
import type { InputKind } from '../../ground/db/schema/run-inputs.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { Hand } from './runs.ts'

/** What is wished of a live run. It is there until the run has done it, or has no use for it any more. */
export interface Wish {
  id: string
  kind: Exclude<InputKind, 'text'>
  /** Of `cancel_turn` and `end`: why, in words that may be empty. Of `compact`: what asked for it. */
  text: string
}

const insertFrom = (where: string) =>
  `insert into run_inputs (id, tenant_id, run_id, kind, text, source, created_at)
    select ?, tenant_id, id, ?, ?, 'api', ? from runs where id = ? and status = 'running' ${where}`

function insertWish(runId: string, { id, kind, text }: Wish, at: number, where = ''): Statement {
  return { sql: insertFrom(where), parameters: [id, kind, text, at, runId], mustChange: true }
}

/** Fails where the run is not in the middle of a turn. */
export function wishTurnCancelled(runId: string, id: string, reason: string, at: number): Statement {
  return insertWish(runId, { id, kind: 'cancel_turn', text: reason }, at, `and phase <> 'parked'`)
}

/** Fails where the run has ended. */
export function wishEnded(runId: string, id: string, reason: string, at: number): Statement {
  return insertWish(runId, { id, kind: 'end', text: reason }, at)
}

/** Like `wishEnded`, as a failure. */
export function wishTimedOut(runId: string, id: string, error: string, at: number): Statement {
  return insertWish(runId, { id, kind: 'time_out', text: error }, at)
}

/** By the agent, in the middle of its turn. */
export function wishCompacted(runId: string, id: string, at: number): Statement {
  return insertWish(runId, { id, kind: 'compact', text: 'self' }, at)
}

/** By somebody else. Fails where the run is in the middle of a turn. */
export function wishCompactedAtRest(runId: string, id: string, at: number): Statement {
  return insertWish(runId, { id, kind: 'compact', text: 'manual' }, at, `and phase = 'parked'`)
}

/** Every run that somebody works on is to leave memory. */
export function wishAllSuspended(at: number): Statement {
  return {
    sql: `insert into run_inputs (id, tenant_id, run_id, kind, text, source, created_at)
      select 'suspend_' || id, tenant_id, id, 'suspend', '', 'api', ? from runs where status = 'running' and phase = 'working'
      on conflict do nothing`,
    parameters: [at],
  }
}

export function dropSuspensions(): Statement {
  return { sql: `delete from run_inputs where kind = 'suspend'`, parameters: [] }
}

/** In order of arrival, and whether there is something that was said, however long: runs ask this at every boundary. */
export async function listWishes(db: Database, runId: string): Promise<{ wishes: Wish[]; hasInputs: boolean }> {
  const sql = `select id, kind, case when kind <> 'text' then text end as text from run_inputs where run_id = ? order by n`
  const rows = await db.all<Wish | { kind: 'text' }>(sql, [runId])
  const wishes = rows.filter((row) => row.kind !== 'text')
  return { wishes, hasInputs: wishes.length < rows.length }
}

/** Of all runs that a process works on, but for what was said to them, which they take in at their next boundary. */
export async function listWishesOf(db: Database, owner: string): Promise<(Wish & { run_id: string })[]> {
  const sql = `select i.id, i.run_id, i.kind, i.text from run_inputs i
    where i.kind <> 'text' and exists (select 1 from runs r where r.id = i.run_id and r.lease_owner = ?) order by i.n`
  return db.all(sql, [owner])
}

export async function isWished(db: Database, wishId: string): Promise<boolean> {
  return (await db.all('select 1 from run_inputs where id = ?', [wishId])).length > 0
}

/** It is done, or there is nothing to be done; somebody may have said so before. */
export function dropWish(wishId: string): Statement {
  return { sql: 'delete from run_inputs where id = ?', parameters: [wishId] }
}

/** The turn they were about is over. */
export function dropTurnWishes(runId: string): Statement {
  return {
    sql: `delete from run_inputs where run_id = ? and kind in ('cancel_turn', 'compact', 'suspend')`,
    parameters: [runId],
  }
}

/** By the hand that does it: another one has yet to hear it. */
export function dropSuspension({ id, leaseEpoch }: Hand): Statement {
  return {
    sql: `delete from run_inputs where run_id = ? and kind = 'suspend'
      and exists (select 1 from runs where id = run_id and lease_epoch = ?)`,
    parameters: [id, leaseEpoch],
  }
}
