import { AgentOverrides } from '@loomcycle/proto'
import {
  countUnused,
  type Derived,
  deleteDerivedOf,
  findDerivedOf,
  insertDerived,
} from '../../../engine/agents/derived-store.ts'
import { keepDefinition } from '../../../engine/agents/store.ts'
import { findFirstAgent, putRunAgent } from '../../../engine/rows/run-agents.ts'
import { isLive, type RunRecord } from '../../../engine/rows/run-record.ts'
import { findLatestRun } from '../../../engine/rows/runs.ts'
import type { SessionRow } from '../../../engine/rows/sessions.ts'
import { findOwnSession } from '../../../engine/runs/find-session.ts'
import { derivedPrefix } from '../../../ground/config/good-name.ts'
import type { Statement } from '../../../ground/db/statement.ts'
import { rememberAnswer } from '../../../ground/idempotency/idempotency.ts'
import { newDerivedSuffix } from '../../../ground/ids.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { AgentDefOp, DerivedDeps } from './deps.ts'
import { effective, toWire } from './effective.ts'

/** With which no conversation has begun yet, of one user. */
const mostUnused = 100

/**
 * In a conversation it takes the place of what that had before. A run that waits there goes on with it from its next turn
 * on: with the version of the agent that it began with, and the overrides over it.
 */
export function derive(deps: DerivedDeps): AgentDefOp<'derive'> {
  const { db, clock, definitions } = deps
  return async (caller, { name, def_id, session_id, overrides: asked }) => {
    const overrides = known(asked)
    const session = session_id ? await findOwnSession(db, caller, session_id) : undefined
    const latest = session && (await findLatestRun(db, session.id))
    const base = baseOf(name, session, latest)
    const tenantId = session?.tenant_id ?? caller.tenantId
    const userId = session?.user_id ?? caller.userId
    const before = session && (await findDerivedOf(db, session.id))
    if (!session && (await countUnused(db, tenantId, userId)) >= mostUnused) {
      throw new ToolError(
        `there are ${mostUnused} derived agents that no conversation uses; begin one, or wait for a day`,
      )
    }
    const chosen = await definitions.choose(tenantId, base, def_id)
    const derived: Derived = {
      ...{ tenantId, userId, base, overrides },
      name: before?.name ?? `${derivedPrefix}${newDerivedSuffix()}`,
      sessionId: session?.id ?? null,
      baseDefId: def_id ?? null,
    }
    const { began } = await effective(deps, chosen, overrides, latest?.options.userTier)
    const answer = toWire(derived, began)
    const now = clock.now()
    await db.write([
      ...(session ? [deleteDerivedOf(session.id)] : []),
      insertDerived(derived, now),
      ...(latest && goesOn(latest) ? await nextAgentOf(deps, latest, derived) : []),
      ...rememberAnswer(caller.keyed, answer, now),
    ])
    return answer
  }
}

/** Whatever else is asked for has no effect, and is not said to have one. */
function known(overrides: AgentOverrides): AgentOverrides {
  return Object.fromEntries(
    Object.entries(overrides).filter(([name]) => Object.hasOwn(AgentOverrides.properties, name)),
  )
}

/** A conversation stays with its agent. */
function baseOf(name: string | undefined, session: SessionRow | undefined, latest: RunRecord | undefined): string {
  const own = latest?.agent ?? session?.agent
  if (name && own && name !== own) {
    throw new ToolError(`the conversation is with ${own}, not with ${name.slice(0, 128)}; leave the name out`)
  }
  const base = name ?? own
  if (base === undefined)
    throw new ToolError('name is missing: the agent to derive from, unless it is the one of a session')
  if (base.startsWith(derivedPrefix))
    throw new ToolError(`${base.slice(0, 128)} is derived itself; name the agent it is derived from`)
  return base
}

/** It waits for its operator, or will. */
export function goesOn(run: RunRecord): boolean {
  return isLive(run) && run.interactive && run.depth === 0
}

async function nextAgentOf(deps: DerivedDeps, run: RunRecord, { baseDefId, overrides }: Derived): Promise<Statement[]> {
  const { db, clock, definitions } = deps
  const first = await findFirstAgent(db, run)
  const base = baseDefId
    ? await definitions.choose(run.tenantId, run.agent, baseDefId)
    : await definitions.get(run.tenantId, run.agent, first.defId)
  const { version, began, route } = await effective(deps, base, overrides, run.options.userTier)
  return [
    keepDefinition(run.tenantId, version.defId, version.agent, clock.now()),
    putRunAgent(run.id, { defId: version.defId, began, route }, first),
  ]
}
