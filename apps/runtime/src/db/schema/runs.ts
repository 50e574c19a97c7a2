import type { Generated } from 'kysely'

export interface RunsTable {
  id: string
  session_id: string
  tenant_id: string
  user_id: string
  agent: string
  agent_id: string
  parent_run_id: string | null
  parent_agent_id: string | null
  root_run_id: string
  status: 'running' | 'completed' | 'failed' | 'cancelled'
  /** Null once the run has ended. */
  phase: 'queued' | 'working' | 'parked' | 'waiting' | null
  interactive: number
  /** JSON: `RunOptions`. */
  options: string
  /** The history starts after this event of the session. */
  history_after: number
  first_seq: number
  turns: Generated<number>
  provider: string | null
  model: string | null
  input_tokens: Generated<number>
  output_tokens: Generated<number>
  cache_creation_tokens: Generated<number>
  cache_read_tokens: Generated<number>
  started_at: number
  heartbeat_at: number | null
  completed_at: number | null
  stop_reason: string | null
  error: string | null
}
