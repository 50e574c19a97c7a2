import type { Publication } from '../../areas/channels/publish.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { LogEvent } from '../log/log-event.ts'
import { type CallState, finishToolCall, giveUpCall, listCallStates } from '../rows/tool-calls.ts'

const by = 'agent_cancel'

export interface GiveUpDependencies {
  db: Database
  /** Ends the open questions of a run, and tells whoever follows them. */
  cancelQuestions(runId: string, at: number): Promise<Publication>
}

/**
 * Ends the calls of a run whose results do not matter any more. The events say what became of what they waited
 * for, so that no reader keeps a question that nobody can answer. The unit fails where one has been answered meanwhile:
 * log and rows say the same.
 */
export async function giveUpCalls(
  { db, cancelQuestions }: GiveUpDependencies,
  runId: string,
  at: number,
): Promise<Publication & { events: LogEvent[] }> {
  const events: LogEvent[] = []
  const statements: Statement[] = []
  for (const [id, call] of await listCallStates(db, runId)) {
    if (call.state === 'started') statements.push(finishToolCall(runId, id, at))
    else {
      events.push(...lastWords(call))
      statements.push(giveUpCall(runId, id, call.state, at))
    }
  }
  if (statements.length === 0) return { events, statements, announce: () => {} }
  const questions = await cancelQuestions(runId, at)
  return { events, statements: [...statements, ...questions.statements], announce: questions.announce }
}

function lastWords(call: Exclude<CallState, { state: 'started' }>): LogEvent[] {
  if (call.state === 'answered') return call.answer.events
  if (call.waitsFor.state !== 'interrupted') return []
  const interruption = { interrupt_id: call.waitsFor.on, status: 'cancelled', resolved_by: by } as const
  return [{ type: 'interruption_resolved', interruption }]
}
