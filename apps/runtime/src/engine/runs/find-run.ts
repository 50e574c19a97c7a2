import { RuntimeError } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import { isAdmin, seesTenant } from '../../ground/identity/principal.ts'
import type { Caller } from '../../tools/caller.ts'
import { isLive, type RunRecord } from '../rows/run-record.ts'
import { findRun, findRunByAgentId } from '../rows/runs.ts'
import { findSession } from '../rows/sessions.ts'

/** Like those of other tenants, a run of a deleted session looks missing. */
export async function findVisibleRun(db: Database, { principal }: Caller, runId: string): Promise<RunRecord> {
  const run = await findRun(db, runId)
  if (!run || !seesTenant(principal, run.tenantId) || !(await findSession(db, run.sessionId)))
    throw new RuntimeError('run_not_found', 'no such run')
  return run
}

export async function findLiveRun(db: Database, { principal }: Caller, runId: string): Promise<RunRecord> {
  const run = await findRun(db, runId)
  if (!run || !seesTenant(principal, run.tenantId) || !isLive(run)) throw noLiveRun()
  return run
}

function noLiveRun(): RuntimeError {
  return new RuntimeError('no_live_run', 'no in-flight run for that run_id')
}

export async function findVisibleRunByAgentId(
  db: Database,
  { principal }: Caller,
  agentId: string,
): Promise<RunRecord> {
  const run = await findRunByAgentId(db, isAdmin(principal) ? undefined : principal.tenantId, agentId)
  if (!run || !(await findSession(db, run.sessionId)))
    throw new RuntimeError('unknown_agent_id', `no run found for agent_id "${agentId}"`)
  return run
}
