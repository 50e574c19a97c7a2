import type { Agent } from '@loomcycle/client'
import type { LiveRun } from '../../lib/runs/live-runs.ts'

export interface RunRow {
  run: Agent
  depth: number
  children: number
}

/** The newer of what was listed and what was told since. */
export function withLive(agents: readonly Agent[], live: ReadonlyMap<string, LiveRun>): Agent[] {
  return agents.map((agent) => {
    const told = live.get(agent.run_id)
    if (!told || agent.status !== 'running') return agent
    const { status, phase, awaited: awaited_state, awaitedOn: awaited_on } = told
    return { ...agent, status, phase, awaited_state, awaited_on }
  })
}

/** Runs with those they started beneath them. One whose parent is not known stands on its own. */
export function toRunRows(runs: readonly Agent[], onlyRunning: boolean): RunRow[] {
  const known = new Set(runs.map(({ agent_id }) => agent_id))
  const byParent = Map.groupBy(runs, ({ parent_agent_id }) =>
    parent_agent_id && known.has(parent_agent_id) ? parent_agent_id : '',
  )
  const childrenOf = (agentId: string) => byParent.get(agentId) ?? []
  const isShown = (run: Agent): boolean =>
    !onlyRunning || run.status === 'running' || childrenOf(run.agent_id).some(isShown)
  const rows = (list: readonly Agent[], depth: number): RunRow[] =>
    list.filter(isShown).flatMap((run) => {
      // They are listed the last first; those of one moment stay in the order of their list.
      const children = childrenOf(run.agent_id)
        .toReversed()
        .toSorted((a, b) => a.started_at.localeCompare(b.started_at))
      return [{ run, depth, children: children.length }, ...rows(children, depth + 1)]
    })
  return rows(childrenOf(''), 0)
}
