import { RuntimeError } from '@loomcycle/proto'
import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { treeLimits } from '../agents/tree-limits.ts'
import { findRun } from '../rows/runs.ts'
import { roomForRuns, spentOf, spentSentence } from '../rows/tree-budget.ts'
import { reserveTreeRuns, settleTreeRuns, treeUse } from '../rows/trees.ts'
import type { SpawnContext } from './context.ts'

/**
 * What takes one more run out of a tree's budget, in the commit in which the run is made; it comes later where too many
 * are at work.
 */
export async function takeOfTree(
  { db, definitions, limits }: Pick<SpawnContext, 'db' | 'definitions' | 'limits'>,
  rootRunId: string,
  agent: AgentDefinition,
): Promise<Statement[] | 'later'> {
  if (!(await findRun(db, rootRunId))) throw new RuntimeError('run_not_found', 'the run that asked for it is gone')
  const own = await treeLimits({ db, definitions, limits }, { id: '', rootId: rootRunId, agent })
  const use = await treeUse(db, rootRunId)
  if (roomForRuns(use, own) === 0) {
    const spent = spentOf(use, own) ?? 'runs'
    if (spent === 'runsAtOnce') return 'later'
    throw new RuntimeError('quota_exceeded', spentSentence(spent, own))
  }
  return [reserveTreeRuns(rootRunId, 1, own), settleTreeRuns(rootRunId, 1, 1)]
}

/** For whom the runs of a tree work, as whoever started the first of them said. */
export async function userTierOfTree(
  { db }: Pick<SpawnContext, 'db'>,
  rootRunId: string | undefined,
): Promise<{ userTier?: string }> {
  const root = rootRunId === undefined ? undefined : await findRun(db, rootRunId)
  return root?.options.userTier === undefined ? {} : { userTier: root.options.userTier }
}
