import type { Generated } from 'kysely'

export interface RunInputsTable {
  /** Order of arrival. */
  n: Generated<number>
  id: string
  tenant_id: string
  run_id: string
  /** What was said, in words. */
  text: string
  /** JSON of the whole turn, where it is more than the text. */
  segments: string | null
  source: string
  created_at: number
}
