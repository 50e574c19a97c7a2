import { RuntimeError } from '@loomcycle/proto'
import type { Database } from '../../ground/db/database.ts'
import { isAdmin, seesTenant } from '../../ground/identity/principal.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller, RunCaller } from '../../tools/caller.ts'
import { findInterrupt, type InterruptRow } from './store.ts'

/** A person is asked only by agents that their operator lets ask. */
export function requireAllowed({ run: { agent } }: RunCaller) {
  if (agent.interruption?.enabled) return
  throw new ToolError(
    `this agent may not ask or notify anybody; its operator allows it with interruption.enabled of the agent ${agent.name}`,
  )
}

export async function findVisibleInterrupt(
  db: Database,
  { principal }: Caller,
  { run_id, interrupt_id }: { run_id: string; interrupt_id: string },
): Promise<InterruptRow> {
  const row = await findInterrupt(db, interrupt_id)
  if (!row || row.run_id !== run_id || !seesTenant(principal, row.tenant_id)) {
    throw new RuntimeError('interrupt_not_found', 'no such interrupt')
  }
  return row
}

/** The tenant whose rows a list shows; undefined for all. */
export function visibleTenant({ principal }: Caller): string | undefined {
  return isAdmin(principal) ? undefined : principal.tenantId
}
