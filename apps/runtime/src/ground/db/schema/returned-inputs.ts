import type { Generated } from 'kysely'

export interface ReturnedInputsTable {
  /** Order in which they were said. */
  n: Generated<number>
  id: string
  tenant_id: string
  session_id: string
  run_id: string
  text: string
  segments: string | null
  created_at: number
  /** Key of whoever has it now. */
  taken_by: string | null
  taken_at: number | null
}
