import type { TeamGraph } from '@loomcycle/proto'
import { agentsOf, stateOf } from '@loomcycle/proto/teams'
import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import { insertStep, type TeamRunRow, updateTeamRun } from './store.ts'

/**
 * Where a run goes on: with agents that are yet to be started, with a person, or at its end. Part of the commit of what
 * led there.
 */
export async function enterState(
  tx: Kysely<Schema>,
  run: Pick<TeamRunRow, 'id' | 'step' | 'iterations' | 'max_iterations' | 'waits_on_cap'>,
  graph: TeamGraph,
  { state, output, at }: { state: string; output: string | null; at: number },
): Promise<void> {
  const { id, iterations } = run
  const step = run.step + 1
  const place = { state, step }
  const next = stateOf(graph, state)!
  const agents = agentsOf(next)
  if (next.handler.kind === 'terminal') {
    await updateTeamRun(tx, id, { ...place, status: 'completed', waits_for: null, final_output: output, ended_at: at })
    return
  }
  if (agents.length === 0) {
    await insertStep(tx, { id, step }, { state, agents, at })
    await updateTeamRun(tx, id, { ...place, status: 'waiting', waits_for: 'person' })
    return
  }
  if (iterations < run.max_iterations) {
    await insertStep(tx, { id, step }, { state, agents, at })
    await updateTeamRun(tx, id, { ...place, status: 'running', waits_for: null, iterations: iterations + 1 })
    return
  }
  if (run.waits_on_cap) await updateTeamRun(tx, id, { ...place, status: 'waiting', waits_for: 'cap' })
  else {
    await updateTeamRun(tx, id, {
      ...place,
      status: 'iteration_cap',
      waits_for: null,
      final_output: output,
      ended_at: at,
    })
  }
}
