import { RuntimeError } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import { mayAccess, seesTenant } from '../../ground/identity/principal.ts'
import type { Caller } from '../../tools/caller.ts'
import { findSession, findSessionOrDeleted, type SessionRow, unfinished } from '../rows/sessions.ts'

/** Throws the same for a session that is missing and for one that is somebody else's. */
export async function findVisibleSession(db: Database, caller: Caller, id: string): Promise<SessionRow> {
  const session = await findSession(db, id)
  if (!session || !seesTenant(caller.principal, session.tenant_id)) throw notFound(id)
  return session
}

/** Like `findVisibleSession`, and another user's session is missing too, unless the caller looks after the tenant. */
export async function findOwnSession(db: Database, caller: Caller, id: string): Promise<SessionRow> {
  const session = await findVisibleSession(db, caller, id)
  if (!isOwn(caller, session)) throw notFound(id)
  return session
}

/** Like `findOwnSession`, and what was deleted is there until it is purged. */
export async function findOwnSessionOrDeleted(db: Database, caller: Caller, id: string): Promise<SessionRow> {
  const session = await findSessionOrDeleted(db, id)
  const isThere = session && session.deleted_at !== unfinished && seesTenant(caller.principal, session.tenant_id)
  if (!isThere || !isOwn(caller, session)) throw notFound(id)
  return session
}

function isOwn({ principal }: Caller, { user_id }: SessionRow): boolean {
  return user_id === principal.subject || mayAccess(principal, 'substrate:tenant')
}

function notFound(id: string) {
  return new RuntimeError('session_not_found', `session not found: ${id}`)
}
