import type { Generated } from 'kysely'

/** A row says that the tool was started; its state decides what a restart may do. */
export interface ToolCallsTable {
  run_id: string
  tool_use_id: string
  tenant_id: string
  name: string
  started_at: number
  finished_at: number | null
  /** `waiting`: it registered what it waits for. `answered`: that came, and the run has not taken it in yet. */
  state: Generated<'started' | 'waiting' | 'answered' | 'finished'>
  /** JSON: what is waited for, then the `CallAnswer`. */
  answer: string | null
}
