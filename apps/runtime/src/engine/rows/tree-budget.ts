import type { TreeLimits } from '../../ground/config/config.ts'
import type { TreeUse } from './trees.ts'

const words: Record<keyof TreeLimits, string> = {
  runs: 'runs',
  runsAtOnce: 'runs at once',
  modelCalls: 'model calls',
  tokens: 'tokens',
}

/** Which of the limits is reached; undefined where none is. */
export function spentOf(use: TreeUse, limits: TreeLimits): keyof TreeLimits | undefined {
  const names = Object.keys(words) as (keyof TreeLimits)[]
  return names.find((name) => limits[name] > 0 && use[name] >= limits[name])
}

/** A sentence that a model understands, and whoever reads it. */
export function spentSentence(spent: keyof TreeLimits, limits: TreeLimits): string {
  const advice =
    spent === 'runsAtOnce'
      ? 'wait for some to end, or do the work yourself'
      : 'go on with what there is, and say what is left undone'
  return `the agents that work on one request have reached their limit for ${words[spent]} together (${limits[spent]}); ${advice}`
}

/** How many more runs there may be. */
export function roomForRuns(use: TreeUse, limits: TreeLimits): number {
  const left = (name: 'runs' | 'runsAtOnce') =>
    limits[name] > 0 ? Math.max(limits[name] - use[name], 0) : Number.POSITIVE_INFINITY
  return spentOf({ ...use, runs: 0, runsAtOnce: 0 }, limits) ? 0 : Math.min(left('runs'), left('runsAtOnce'))
}
