import type { EmitterRole } from '@loomcycle/proto'

export interface EvaluationsTable {
  id: string
  tenant_id: string
  run_id: string
  /** The agent's definition the run had, where there are such. */
  def_id: string | null
  /** The agent that was judged. */
  agent: string
  score: number
  /** JSON: numbers by name. */
  dimensions: string | null
  judgement: string | null
  rationale: string | null
  emitter_role: EmitterRole
  emitter_agent_id: string
  emitter_run_id: string
  created_at: number
}
