import type { TeamGraph } from '@loomcycle/proto'
import { deleteVersions } from '../../../engine/definitions/store.ts'
import { Authority } from '../../definitions/access.ts'
import { change } from '../../definitions/change.ts'
import type { DefinitionDeps } from '../../definitions/deps.ts'
import type { Family } from '../../definitions/family.ts'
import type { TeamOp } from '../context.ts'
import { listLiveTeamRunIdsOf } from '../store.ts'
import type { TeamRuns } from '../team-runs.ts'

/** What goes by a team has no way to go on without it: boards are free again, and its runs end. */
export function deleteTeam(deps: DefinitionDeps, family: Family<TeamGraph>, runs: TeamRuns): TeamOp<'delete'> {
  return async (caller, { name }) => {
    const of = { tenantId: caller.tenantId, family: family.family, name }
    const answer = await change(deps, caller, family, async (tx) => {
      await new Authority(caller, family).requireName(tx, name)
      return { name, deleted: (await deleteVersions(tx, of)) > 0 }
    })
    for (const id of await listLiveTeamRunIdsOf(deps.db.read, of)) await runs.cancel(id, 'its team was deleted')
    return answer
  }
}
