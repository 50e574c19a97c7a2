import type { InterruptStatus } from '@loomcycle/proto'

export interface InterruptsTable {
  id: string
  tenant_id: string
  run_id: string
  session_id: string
  /** The call that waits for the answer; null for a notice. */
  tool_use_id: string | null
  user_id: string
  agent_id: string
  agent_name: string
  kind: 'question' | 'notice'
  status: InterruptStatus
  question: string
  /** JSON: a list of texts, empty for free text. */
  options: string
  context_data: string | null
  priority: 'low' | 'normal' | 'high'
  answer: string | null
  created_at: number
  expires_at: number | null
  resolved_at: number | null
  resolved_by: string | null
}
