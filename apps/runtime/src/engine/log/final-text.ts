import type { Database } from '../../ground/db/database.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { parseLogEvent, startsOver } from './log-event.ts'
import { listEventsBefore } from './store.ts'

const pageSize = 200

/** What the agent said last: the text of its last turn. */
export async function finalText(db: Database, run: RunRecord): Promise<string> {
  const pieces: string[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = await listEventsBefore(db, run.sessionId, before, pageSize)
    for (const row of page.toReversed()) {
      if (row.run_id !== run.id || row.type === 'tool_result' || row.type === 'user_input')
        return pieces.reverse().join('')
      // What was said before a retry was asked for again, and what turned out to be thinking was not said.
      if (startsOver.includes(row.type)) return pieces.reverse().join('')
      if (row.type === 'text') pieces.push((parseLogEvent(row) as { text: string }).text)
    }
    if (page.length < pageSize) return pieces.reverse().join('')
    before = page[0]!.seq
  }
}
