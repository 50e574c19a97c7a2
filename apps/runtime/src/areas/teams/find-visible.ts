import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'
import type { TeamContext } from './context.ts'
import { findTeamRun, type TeamRunRow } from './store.ts'

/** One of the caller’s tenant; to an agent, one for its own user. What is foreign and what is missing look the same. */
export async function getVisible(
  { db }: TeamContext,
  { tenantId, userId, run }: Caller,
  id: string,
): Promise<TeamRunRow> {
  const row = await findTeamRun(db.read, id)
  if (row && row.tenant_id === tenantId && (!run || row.user_id === userId)) return row
  throw new ToolError(`there is no run ${id.slice(0, 80)} of a team`)
}
