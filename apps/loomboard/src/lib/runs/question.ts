import type { InterruptRow } from '@loomcycle/client'

/** What became of a question; whoever only reads about it later never sees it pending. */
export type QuestionState = 'pending' | 'answered' | 'declined' | 'expired' | 'cancelled'

/** What an agent asks a person, whether its conversation says so or the list of open questions. */
export interface Question {
  interruptId: string
  runId: string
  question: string
  /** The answers to choose from; none for free text. */
  options: readonly string[]
  context?: string
  priority: 'low' | 'normal' | 'high'
  /** Unix milliseconds. */
  expiresAt?: number
  state: QuestionState
  answer?: string
  answeredBy?: string
}

const states: Record<string, QuestionState> = {
  pending: 'pending',
  resolved: 'answered',
  answered: 'answered',
  declined: 'declined',
  timed_out: 'expired',
  expired: 'expired',
}

export function toQuestion(row: InterruptRow): Question {
  return {
    interruptId: row.interrupt_id,
    runId: row.run_id,
    question: row.question ?? '',
    options: row.options ?? [],
    context: row.context_data || undefined,
    priority: row.priority === 'high' || row.priority === 'low' ? row.priority : 'normal',
    expiresAt: timeOf(row.expires_at),
    state: states[row.status] ?? 'cancelled',
    answer: row.answer,
    answeredBy: row.resolved_by,
  }
}

/** A server's zero time means never. */
export function timeOf(iso: string | undefined): number | undefined {
  const at = Date.parse(iso ?? '')
  return at > 0 ? at : undefined
}
