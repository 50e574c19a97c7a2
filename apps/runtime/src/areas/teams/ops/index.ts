import type { TeamGraph, teamDefOps } from '@loomcycle/proto'
import { graphProblems } from '@loomcycle/proto/teams'
import type { Caller } from '../../../tools/caller.ts'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { DefinitionDeps } from '../../definitions/deps.ts'
import { createVersionOps } from '../../definitions/ops/index.ts'
import type { TeamContext } from '../context.ts'
import { teamFamily } from '../team-family.ts'
import type { TeamRuns } from '../team-runs.ts'
import { deleteTeam } from './delete.ts'
import { renderDiagram } from './render-diagram.ts'
import { run } from './run.ts'
import { cancelRun, continueRun, getRun, listRuns } from './runs.ts'

export function createTeamOps(
  deps: DefinitionDeps,
  ctx: TeamContext,
  runs: TeamRuns,
): OpImplementations<typeof teamDefOps> {
  const family = teamFamily(deps)
  const versions = createVersionOps(deps, family)
  const warned = withWarnings(ctx)
  return {
    ...versions,
    create: warned(versions.create),
    fork: warned(versions.fork),
    delete: deleteTeam(deps, family, runs),
    render_diagram: renderDiagram(deps, family),
    run: run(ctx, runs),
    get_run: getRun(ctx),
    list_runs: listRuns(ctx),
    cancel_run: cancelRun(ctx, runs),
    continue_run: continueRun(ctx, runs),
  }
}

/** Says besides what will not work as things stand, such as an agent that is not there yet. */
function withWarnings({ definitions }: Pick<TeamContext, 'definitions'>) {
  return <I, O extends { definition: TeamGraph }>(make: (caller: Caller, input: I) => Promise<O>) =>
    async (caller: Caller, input: I): Promise<O & { warnings?: string[] }> => {
      const row = await make(caller, input)
      const agents = new Set((await definitions.list(caller.tenantId)).map(({ agent }) => agent.name))
      const warnings = graphProblems(row.definition, agents).map(({ path, message }) => `${path} ${message}`)
      return warnings.length > 0 ? { ...row, warnings } : row
    }
}
