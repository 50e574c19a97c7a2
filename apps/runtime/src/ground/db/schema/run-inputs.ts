import type { Generated } from 'kysely'

export type InputKind = 'text' | 'cancel_turn' | 'end' | 'time_out' | 'compact' | 'suspend'

export interface RunInputsTable {
  /** Order of arrival. */
  n: Generated<number>
  id: string
  tenant_id: string
  run_id: string
  /** `text`: something was said. The others are wishes. */
  kind: Generated<InputKind>
  /** What was said, in words; of a wish, why. */
  text: string
  /** JSON of the whole turn, where it is more than the text. */
  segments: string | null
  source: string
  created_at: number
}
