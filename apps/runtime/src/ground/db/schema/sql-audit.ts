import type { Generated } from 'kysely'

export interface SqlAuditTable {
  n: Generated<number>
  at: number
  tenant_id: string
  scope: string
  scope_id: string
  run_id: string
  agent: string
  user_id: string
  op: string
  /** Both null where only metadata is kept. `args` is JSON. */
  statement: string | null
  args: string | null
  /** Read or changed. */
  rows: number | null
  duration_ms: number
  error: string | null
}
