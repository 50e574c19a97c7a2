import type { EmitterRole, EvaluationScope } from '@loomcycle/proto'
import type { RunRecord } from '../../engine/rows/run-record.ts'
import { findRun } from '../../engine/rows/runs.ts'
import type { Database } from '../../ground/db/database.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { ToolScope } from '../../tools/tool.ts'

/** The run, if the caller may know of it; a foreign one and a missing one look the same. */
export async function findJudgedRun(db: Database, { tenantId }: ToolScope, runId: string): Promise<RunRecord> {
  const run = await findRun(db, runId)
  if (run?.tenantId !== tenantId) throw new ToolError(`there is no run ${runId.slice(0, 80)}`)
  return run
}

/** What the caller is to the run. */
export async function roleOf(db: Database, caller: ToolScope, run: RunRecord): Promise<EmitterRole> {
  if (run.id === caller.runId) return 'self'
  if (await isDescendant(db, caller.runId, run)) return 'parent'
  const own = run.parentRunId === null ? undefined : await findRun(db, caller.runId)
  return own?.parentRunId === run.parentRunId && own?.parentRunId ? 'sibling' : 'unrelated'
}

const needed: Record<EmitterRole, EvaluationScope> = {
  self: 'submit_self',
  parent: 'submit_descendants',
  sibling: 'submit_siblings',
  unrelated: 'submit_any',
  external: 'submit_any',
}

export function requireSubmit({ agent }: ToolScope, role: EmitterRole) {
  const scopes = agent.evaluationScopes ?? []
  if (scopes.includes('submit_any') || scopes.includes(needed[role])) return
  throw new ToolError(
    `agent ${agent.name} may not judge this run; its setting evaluation_scopes with ${needed[role]} would allow it`,
  )
}

export function mayReadAny({ agent }: ToolScope): boolean {
  return agent.evaluationScopes?.includes('read_any') ?? false
}

export function requireReadAny(caller: ToolScope) {
  if (mayReadAny(caller)) return
  throw new ToolError(
    `agent ${caller.agent.name} may read only what was said about its own run; its setting evaluation_scopes with read_any would allow more`,
  )
}

async function isDescendant(db: Database, ancestorId: string, run: RunRecord): Promise<boolean> {
  for (let at: RunRecord | undefined = run; at?.parentRunId; at = await findRun(db, at.parentRunId)) {
    if (at.parentRunId === ancestorId) return true
  }
  return false
}
