import type { EmitterRole, EvaluationScope } from '@loomcycle/proto'
import type { RunRecord } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import type { Database } from '../../ground/db/database.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'

/** The run, if the caller may know of it; a foreign one and a missing one look the same. */
export async function findJudgedRun(db: Database, { tenantId }: Caller, runId: string): Promise<RunRecord> {
  const run = await findRun(db, runId)
  if (run?.tenantId !== tenantId) throw new ToolError(`there is no run ${runId.slice(0, 80)}`)
  return run
}

/** What the caller is to the run. */
export async function roleOf(db: Database, caller: Caller, run: RunRecord): Promise<EmitterRole> {
  if (!caller.run) return 'external'
  if (run.id === caller.run.id) return 'self'
  if (await isDescendant(db, caller.run.id, run)) return 'parent'
  const own = run.parentRunId === null ? undefined : await findRun(db, caller.run.id)
  return own?.parentRunId === run.parentRunId && own?.parentRunId ? 'sibling' : 'unrelated'
}

const needed: Record<EmitterRole, EvaluationScope> = {
  self: 'submit_self',
  parent: 'submit_descendants',
  sibling: 'submit_siblings',
  unrelated: 'submit_any',
  external: 'submit_any',
}

export function requireSubmit({ run }: Caller, role: EmitterRole) {
  if (!run) return
  const { name, evaluationScopes: scopes = [] } = run.agent
  if (scopes.includes('submit_any') || scopes.includes(needed[role])) return
  throw new ToolError(
    `agent ${name} may not judge this run; its setting evaluation_scopes with ${needed[role]} would allow it`,
  )
}

/** An agent what its setting opens; whoever else sees the tenant's runs sees what was said about them. */
export function mayReadAny({ run }: Caller): boolean {
  return !run || (run.agent.evaluationScopes?.includes('read_any') ?? false)
}

export function requireReadAny(caller: Caller) {
  if (mayReadAny(caller)) return
  throw new ToolError(
    `agent ${caller.run?.agent.name} may read only what was said about its own run; its setting evaluation_scopes with read_any would allow more`,
  )
}

async function isDescendant(db: Database, ancestorId: string, run: RunRecord): Promise<boolean> {
  for (let at: RunRecord | undefined = run; at?.parentRunId; at = await findRun(db, at.parentRunId)) {
    if (at.parentRunId === ancestorId) return true
  }
  return false
}
