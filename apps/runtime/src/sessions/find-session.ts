import { RuntimeError } from '@loomcycle/proto'
import type { Database } from '../db/database.ts'
import { type Principal, seesTenant } from '../identity/principal.ts'
import { findSession, type SessionRow } from './store.ts'

/** Throws the same for a session that is missing and for one that is somebody else's. */
export async function findVisibleSession(db: Database, principal: Principal, id: string): Promise<SessionRow> {
  const session = await findSession(db, id)
  if (!session || !seesTenant(principal, session.tenant_id))
    throw new RuntimeError('session_not_found', `session not found: ${id}`)
  return session
}
