import type { Database } from '../../ground/db/database.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { attachedTo, type LogEvent } from '../log/log-event.ts'
import { listRunInputs } from '../rows/run-inputs.ts'
import { insertReturnedInputs } from '../rows/runs.ts'

/** What a run ends without having taken in. */
export interface UnreadInputs {
  count: number
  /** Say so in its log. */
  events: LogEvent[]
  /** Keep them for whoever takes them back. */
  statements: Statement[]
}

/** Belongs into the unit that ends the run, with `endRun` told how many there were: none can come in between. */
export async function returnInputs(db: Database, run: { id: string; sessionId: string }): Promise<UnreadInputs> {
  const unread = await listRunInputs(db, run.id)
  const events = unread.map(({ id, text, segments }): LogEvent => {
    const attached = segments && attachedTo(segments)
    return { type: 'input_returned', input_returned: { input_id: id, text, ...(attached ? { attached } : {}) } }
  })
  const statements = unread.length > 0 ? [insertReturnedInputs(run)] : []
  return { count: unread.length, events, statements }
}
