import type { AgentDefinition, TreeLimits } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import { findRun } from '../rows/runs.ts'
import type { Definitions } from './definitions.ts'

/** What the agents of a tree may use together: what its first agent says, over what the operator says. */
export async function treeLimits(
  { db, definitions, limits }: { db: Database; definitions: Definitions; limits: TreeLimits },
  run: { id: string; rootId: string; agent: AgentDefinition },
): Promise<TreeLimits> {
  if (run.id === run.rootId) return { ...limits, ...run.agent.tree }
  const root = await findRun(db, run.rootId)
  const version = root && (await definitions.find(root.tenantId, root.agent, root.agentDefId))
  return { ...limits, ...version?.agent.tree }
}
