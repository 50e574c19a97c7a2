import type { PromptSegment, SaidInput } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import type { Statement } from '../../ground/db/commit-writer.ts'
import type { Database } from '../../ground/db/database.ts'
import { checkedKey } from '../../ground/idempotency.ts'
import { newInputId } from '../../ground/ids.ts'
import type { Caller } from '../../tools/caller.ts'
import { findVisibleSession } from '../runs/find-session.ts'

/** Hands what runs of a session ended without to whoever asks first; to them again if they ask with the same key. */
export async function takeReturnedInputs(
  ctx: AppContext,
  caller: Caller,
  sessionId: string,
): Promise<{ inputs: SaidInput[] }> {
  const key = checkedKey(caller.idempotencyKey)
  const session = await findVisibleSession(ctx.db, caller, sessionId)
  const by = key ?? newInputId()
  if (countReturnedInputs(ctx.db, session.id) > 0) await ctx.db.write([takeInputs(session.id, by, ctx.clock.now())])
  return { inputs: listTakenInputs(ctx.db, session.id, by) }
}

function takeInputs(sessionId: string, by: string, at: number): Statement {
  return {
    sql: 'update returned_inputs set taken_by = ?, taken_at = ? where session_id = ? and taken_by is null',
    parameters: [by, at, sessionId],
  }
}

export function countReturnedInputs(db: Database, sessionId: string): number {
  const sql = 'select count(*) as n from returned_inputs where session_id = ? and taken_by is null'
  return db.all<{ n: number }>(sql, [sessionId])[0]!.n
}

function listTakenInputs(db: Database, sessionId: string, by: string): SaidInput[] {
  const sql = `select id, run_id, text, segments, created_at from returned_inputs
    where session_id = ? and taken_by = ? order by n`
  return db
    .all<{ id: string; run_id: string; text: string; segments: string | null; created_at: number }>(sql, [
      sessionId,
      by,
    ])
    .map(({ id, run_id, text, segments, created_at }) => ({
      input_id: id,
      run_id,
      text,
      ...(segments === null ? {} : { segments: JSON.parse(segments) as PromptSegment[] }),
      said_at: new Date(created_at).toISOString(),
    }))
}

/** Whoever took them has them by now. */
export function forgetInputsTakenBefore(at: number): Statement {
  return { sql: 'delete from returned_inputs where taken_at < ?', parameters: [at] }
}
