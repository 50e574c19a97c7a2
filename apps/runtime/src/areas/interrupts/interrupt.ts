import type { Interrupt } from '@loomcycle/proto'
import type { InterruptRow } from './store.ts'

export function toInterrupt(row: InterruptRow): Interrupt {
  const iso = (at: number) => new Date(at).toISOString()
  const options = optionsOf(row)
  return {
    interrupt_id: row.id,
    run_id: row.run_id,
    session_id: row.session_id,
    kind: row.kind,
    status: row.status,
    question: row.question,
    ...(options.length > 0 ? { options } : {}),
    ...(row.context_data !== null ? { context_data: row.context_data } : {}),
    priority: row.priority,
    ...(row.answer !== null ? { answer: row.answer } : {}),
    created_at: iso(row.created_at),
    ...(row.expires_at !== null ? { expires_at: iso(row.expires_at) } : {}),
    ...(row.resolved_at !== null ? { resolved_at: iso(row.resolved_at) } : {}),
    ...(row.resolved_by !== null ? { resolved_by: row.resolved_by } : {}),
    user_id: row.user_id,
    agent_id: row.agent_id,
    agent_name: row.agent_name,
  }
}

/** The answers to choose from; none for free text. */
export function optionsOf(row: InterruptRow): string[] {
  return JSON.parse(row.options) as string[]
}
