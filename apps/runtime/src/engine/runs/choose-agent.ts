import { RuntimeError } from '@loomcycle/proto'
import type { AppContext } from '../../context.ts'
import { derivedPrefix } from '../../ground/config/good-name.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { mayAccess } from '../../ground/identity/principal.ts'
import type { Caller } from '../../tools/caller.ts'
import { versionOf } from '../agents/configured.ts'
import type { AgentVersion } from '../agents/definitions.ts'
import { deriveAgent } from '../agents/derived.ts'
import { bindDerived, type Derived, findDerived, findDerivedOf } from '../agents/derived-store.ts'
import type { SessionRow } from '../rows/sessions.ts'

export interface ChosenAgent {
  version: AgentVersion
  /** Gives the conversation the agent that it begins with. */
  bind?: (sessionId: string) => Statement[]
}

interface Asked {
  tenantId: string
  agent: string
  def_id?: string | undefined
  session: SessionRow | undefined
}

/** Whom a run begins with: an agent, a version of it, or what its conversation has in its place. */
export async function chooseAgent(
  { db, definitions, config }: AppContext,
  caller: Caller,
  { tenantId, agent, def_id, session }: Asked,
): Promise<ChosenAgent> {
  const isNamed = agent.startsWith(derivedPrefix)
  const derived = isNamed
    ? await getUsable(await findDerived(db, tenantId, agent), caller, { agent, session })
    : session && (await findDerivedOf(db, session.id))
  if (!derived || (!isNamed && derived.base !== agent))
    return { version: await definitions.choose(tenantId, agent, def_id) }
  const base = await definitions.choose(tenantId, derived.base, def_id ?? derived.baseDefId ?? undefined)
  const version = versionOf(deriveAgent(base.agent, derived.overrides, config))
  return { version, ...(isNamed ? { bind: (sessionId: string) => bindDerived(derived, sessionId) } : {}) }
}

/** One that is somebody else's and one that is not there look the same. */
async function getUsable(
  derived: Derived | undefined,
  { principal, userId }: Caller,
  { agent, session }: Pick<Asked, 'agent' | 'session'>,
): Promise<Derived> {
  const isTheirs = derived?.userId === userId || mayAccess(principal, 'substrate:tenant')
  if (!derived || !isTheirs)
    throw new RuntimeError('unknown_agent', `unknown agent ${JSON.stringify(agent.slice(0, 128))}`)
  if (derived.sessionId === null || derived.sessionId === session?.id) return derived
  throw new RuntimeError('unknown_agent', `the agent ${agent} belongs to another conversation; derive one for this one`)
}
