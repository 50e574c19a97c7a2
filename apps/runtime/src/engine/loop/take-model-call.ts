import { agentOps } from '@loomcycle/proto'
import { isCodeAgent } from '../../ground/config/code-agents.ts'
import { NothingChangedError } from '../../ground/db/errors.ts'
import { spentOf, spentSentence } from '../rows/tree-budget.ts'
import { takeTreeCall, treeUse } from '../rows/trees.ts'
import type { WorkingRun } from './working-run.ts'

/** The root has to be able to say what came of it when its agents have used everything up. */
const rootCalls = 16

/**
 * A model call out of what the runs of a tree may use together; a run that never had another one start one is no tree.
 * Code is no model.
 * A sentence where there is none left.
 */
export async function takeModelCall(run: WorkingRun): Promise<string | undefined> {
  const { record, deps } = run
  const rootId = record.rootRunId
  const isRoot = record.depth === 0
  if (isCodeAgent(run.agent)) return undefined
  if (isRoot && !run.tools.has(agentOps.tool)) return undefined
  if (isRoot && (await treeUse(deps.db, rootId)).runs === 0) return undefined
  const limits = await deps.treeLimits(run)
  run.isInTree = true
  const own = isRoot ? { modelCalls: limits.modelCalls && limits.modelCalls + rootCalls, tokens: 0 } : limits
  try {
    await deps.db.write([takeTreeCall(rootId, own)])
    return undefined
  } catch (error) {
    if (!(error instanceof NothingChangedError)) throw error
    const spent = spentOf({ ...(await treeUse(deps.db, rootId)), runs: 0, runsAtOnce: 0 }, limits) ?? 'modelCalls'
    return `The budget of this request is used up: ${spentSentence(spent, limits)}.`
  }
}
