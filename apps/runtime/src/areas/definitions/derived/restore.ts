import { deleteDerivedOf, findDerivedOf } from '../../../engine/agents/derived-store.ts'
import { findFirstAgent, putRunAgent } from '../../../engine/rows/run-agents.ts'
import { findLatestRun } from '../../../engine/rows/runs.ts'
import { findOwnSession } from '../../../engine/runs/find-session.ts'
import type { AgentDefOp, DerivedDeps } from './deps.ts'
import { goesOn } from './derive.ts'
import { effective, toWire } from './effective.ts'

/** A run that waits goes on as it began, from its next turn on. */
export function restore({ db }: DerivedDeps): AgentDefOp<'restore'> {
  return async (caller, { session_id }) => {
    const session = await findOwnSession(db, caller, session_id)
    const derived = await findDerivedOf(db, session.id)
    const latest = await findLatestRun(db, session.id)
    const first = derived && latest && goesOn(latest) ? await findFirstAgent(db, latest) : undefined
    await db.write([deleteDerivedOf(session.id), ...(first ? [putRunAgent(latest!.id, first, first)] : [])])
    return { session_id, agent: latest?.agent ?? session.agent, restored: derived !== undefined }
  }
}

export function derived(deps: DerivedDeps): AgentDefOp<'derived'> {
  const { db, definitions } = deps
  return async (caller, { session_id }) => {
    const session = await findOwnSession(db, caller, session_id)
    const found = await findDerivedOf(db, session.id)
    if (!found) return { session_id }
    const base = await definitions.find(session.tenant_id, found.base, found.baseDefId)
    // What cannot be run as things stand is shown all the same.
    const now = base && (await effective(deps, base, found.overrides, undefined).catch(() => undefined))
    return { session_id, derived: toWire(found, now?.began) }
  }
}
