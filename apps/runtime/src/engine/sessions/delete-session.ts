import type { AppContext } from '../../context.ts'
import type { Caller } from '../../tools/caller.ts'
import { isLive } from '../rows/run-record.ts'
import { findLatestRun } from '../rows/runs.ts'
import { markDeleted } from '../rows/sessions.ts'
import { findOwnSessionOrDeleted } from '../runs/find-session.ts'

/** Nobody sees it from now on, and its run ends. What is deleted again keeps its time. */
export async function deleteSession(ctx: AppContext, caller: Caller, id: string): Promise<void> {
  const { db, clock, engine } = ctx
  const session = await findOwnSessionOrDeleted(db, caller, id)
  if (session.deleted_at === null) await db.write([markDeleted(id, clock.now())])
  const run = await findLatestRun(db, id)
  if (run && isLive(run)) await engine.end(run.id, 'the session was deleted')
}

export async function restoreSession(ctx: AppContext, caller: Caller, id: string): Promise<void> {
  const { db, sessionQuotas } = ctx
  const { tenant_id, user_id, bytes, deleted_at } = await findOwnSessionOrDeleted(db, caller, id)
  if (deleted_at !== null) {
    await sessionQuotas.take({ tenantId: tenant_id, userId: user_id }, { sessions: 1, bytes })
  }
  await db.write([markDeleted(id, null)])
}
