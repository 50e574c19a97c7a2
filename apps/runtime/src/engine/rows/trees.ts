import type { Usage } from '@loomcycle/proto'
import type { TreeLimits } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { newTokens } from './run-record.ts'

/** What the runs of a tree have used since somebody last said something to its root. */
export interface TreeUse {
  /** That agents started. */
  runs: number
  /** Of those, the ones that have not ended. */
  runsAtOnce: number
  modelCalls: number
  tokens: number
}

/** Runs of a tree, besides its root, that have not ended, and those that are about to be stored. */
const atOnce = `(tree_reserved + (select count(*) from runs child
  where child.root_run_id = runs.id and child.id <> runs.id and child.status = 'running'))`

export async function treeUse(db: Database, rootId: string): Promise<TreeUse> {
  const [row] = await db.all<{ runs: number; at_once: number; calls: number; tokens: number }>(
    `select tree_runs as runs, ${atOnce} as at_once, tree_calls as calls, tree_tokens as tokens from runs where id = ?`,
    [rootId],
  )
  return {
    runs: row?.runs ?? 0,
    runsAtOnce: row?.at_once ?? 0,
    modelCalls: row?.calls ?? 0,
    tokens: row?.tokens ?? 0,
  }
}

const orNone = (limit: number) => limit || Number.MAX_SAFE_INTEGER

/** Before they are made. Fails where the tree may not have so many more, whoever else starts some in the same instant. */
export function reserveTreeRuns(rootId: string, count: number, limits: TreeLimits): Statement {
  return {
    sql: `update runs set tree_runs = tree_runs + ?, tree_reserved = tree_reserved + ?
      where id = ? and tree_runs + ? <= ? and ${atOnce} + ? <= ?`,
    parameters: [count, count, rootId, count, orNone(limits.runs), count, orNone(limits.runsAtOnce)],
    mustChange: true,
  }
}

/** With the runs that were made of those reserved; the others have not been. */
export function settleTreeRuns(rootId: string, reserved: number, made: number): Statement {
  return {
    sql: `update runs set tree_runs = max(tree_runs - ?, 0), tree_reserved = max(tree_reserved - ?, 0) where id = ?`,
    parameters: [reserved - made, reserved, rootId],
  }
}

/** Before the call is made, so that no two of a tree's runs make its last one. Fails where there is none left. */
export function takeTreeCall(rootId: string, limits: Pick<TreeLimits, 'modelCalls' | 'tokens'>): Statement {
  return {
    sql: 'update runs set tree_calls = tree_calls + 1 where id = ? and tree_calls < ? and tree_tokens < ?',
    parameters: [rootId, orNone(limits.modelCalls), orNone(limits.tokens)],
    mustChange: true,
  }
}

/** Of a model call; `calls` where it was not taken before it was made. */
export function countTreeUsage(rootId: string, usage: Usage, calls = 0): Statement {
  return {
    sql: 'update runs set tree_tokens = tree_tokens + ?, tree_calls = tree_calls + ? where id = ?',
    parameters: [newTokens(usage), calls, rootId],
  }
}

/** Somebody has said something to the root: what comes of that has a budget of its own. */
export function beginTreeBudget(rootId: string): Statement {
  return {
    sql: `update runs set tree_runs = 0, tree_reserved = 0, tree_calls = 0, tree_tokens = 0
      where id = ? and (tree_runs > 0 or tree_reserved > 0 or tree_calls > 0 or tree_tokens > 0)`,
    parameters: [rootId],
  }
}
