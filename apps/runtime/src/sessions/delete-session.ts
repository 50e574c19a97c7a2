import { RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../context.ts'
import type { Database } from '../db/database.ts'
import { principalCaller } from '../history/access.ts'
import type { Principal } from '../identity/principal.ts'
import { isLive } from '../runs/run-record.ts'
import { findLatestRun } from '../runs/store.ts'
import { findSessionOrDeleted, markDeleted, type SessionRow, unfinished } from './store.ts'

/** Nobody sees it from now on, and its run ends. What is deleted again keeps its time. */
export async function deleteSession(ctx: AppContext, principal: Principal, id: string): Promise<void> {
  const { db, clock, engine } = ctx
  const session = await findOwnSession(db, principal, id)
  if (session.deleted_at === null) await db.write([markDeleted(id, clock.now())])
  const run = await findLatestRun(db, id)
  if (run && isLive(run)) await engine.end(run.id, { status: 'cancelled', stopReason: 'the session was deleted' })
}

export async function restoreSession(ctx: AppContext, principal: Principal, id: string): Promise<void> {
  const { db, sessionQuotas } = ctx
  const { tenant_id, user_id, bytes, deleted_at } = await findOwnSession(db, principal, id)
  if (deleted_at !== null) {
    await sessionQuotas.take({ tenantId: tenant_id, userId: user_id }, { sessions: 1, bytes })
  }
  await db.write([markDeleted(id, null)])
}

/** Whoever may change a conversation may delete it. */
async function findOwnSession(db: Database, principal: Principal, id: string): Promise<SessionRow> {
  const session = await findSessionOrDeleted(db, id)
  if (session && session.deleted_at !== unfinished && principalCaller(principal).mayOpen(session)) return session
  throw new RuntimeError('session_not_found', `session not found: ${id}`)
}
