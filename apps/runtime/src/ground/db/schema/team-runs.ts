import type { TeamRunStatus } from '@loomcycle/proto'
import type { Generated } from 'kysely'
import type { PlaceScope } from '../../identity/place.ts'

/** Runs of teams. */
export interface TeamRunsTable {
  n: Generated<number>
  id: string
  tenant_id: string
  /** For whom; empty where it was asked by a run without a user. */
  user_id: string
  name: string
  /** The version it goes by. */
  def_id: string
  status: TeamRunStatus
  state: string
  /** The one it is at, counted from 1. */
  step: number
  /** Steps in which agents worked. */
  iterations: number
  max_iterations: number
  input: string
  /** A person is waited for where the steps are used up. */
  waits_on_cap: number
  waits_for: 'person' | 'cap' | 'room' | null
  /** 0 without a card. */
  place_id: number
  scope: PlaceScope
  /** Empty without a card. */
  document_id: string
  chunk_id: string
  /** The call of a run that waits for it. */
  parent_run_id: string | null
  parent_tool_use_id: string | null
  /** The tree whose budget its runs are in; its own first run, where nobody else's. */
  root_run_id: string | null
  /** Of the run that its runs come from. */
  depth: number
  /** JSON: the actor. */
  asked_by: string
  trace_id: string | null
  /** JSON. */
  final_output: string | null
  error: string | null
  created_at: number
  /** Null while it goes on. */
  ended_at: number | null
}

/** The states it was in, one after the other. */
export interface TeamStepsTable {
  team_run_id: string
  step: number
  state: string
  /** What it left on. */
  edge: string | null
  next: string | null
  /** Of a pushback. */
  reason: string | null
  /** JSON. */
  output: string | null
  began_at: number
  ended_at: number | null
}

/** Who works in a step, in order. */
export interface TeamStepRunsTable {
  team_run_id: string
  step: number
  place: number
  agent: string
  /** Null: it has not been made yet, or could not be. */
  run_id: string | null
  /** Why it could not be. */
  error: string | null
}
