import type { Generated } from 'kysely'

export interface RunInputsTable {
  /** Order of arrival. */
  n: Generated<number>
  id: string
  tenant_id: string
  run_id: string
  text: string
  source: string
  created_at: number
}
