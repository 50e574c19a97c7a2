import type { Generated } from 'kysely'

export interface RunsTable {
  id: string
  session_id: string
  tenant_id: string
  user_id: string
  agent: string
  /** Of the definition and the model it began with; null for a run of before they were kept. */
  agent_def_id: string | null
  began_provider: string | null
  began_model: string | null
  /** JSON: `RunRoute`; null for a run of before it was kept. */
  route: string | null
  /** 32 hexadecimal digits, as W3C has them. */
  trace_id: string | null
  agent_id: string
  parent_run_id: string | null
  parent_agent_id: string | null
  /** The parent's call that made this run, and its place among the runs of that call. */
  parent_tool_use_id: string | null
  spawn_index: Generated<number>
  root_run_id: string
  /** 0 for a run somebody started. */
  depth: Generated<number>
  status: 'running' | 'completed' | 'failed' | 'cancelled'
  /** Null once the run has ended. */
  phase: 'queued' | 'working' | 'parked' | 'waiting' | null
  awaited_state: 'channel' | 'interrupted' | 'child' | null
  awaited_on: string | null
  /** The process that works on the run, and how often it changed hands; a write by an older hand fails. */
  lease_owner: string | null
  lease_epoch: Generated<number>
  /** How often it was taken up since it last finished a turn or came to rest. */
  tries: Generated<number>
  /** Until when it, or its turn where somebody talks to it, may take; null without a limit and at rest. */
  deadline: number | null
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
  /** Of a root: what its tree has used since somebody last said something to it. */
  tree_runs: Generated<number>
  /** Of those, the ones that are about to be stored. */
  tree_reserved: Generated<number>
  tree_calls: Generated<number>
  tree_tokens: Generated<number>
  started_at: number
  heartbeat_at: number | null
  completed_at: number | null
  stop_reason: string | null
  error: string | null
}
