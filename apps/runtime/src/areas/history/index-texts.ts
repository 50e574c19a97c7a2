import type { Kysely } from 'kysely'
import { type LogEvent, parseLogEvent, startsOver, typedText } from '../../engine/log/log-event.ts'
import type { LoggedEvent } from '../../engine/log/store.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import {
  appendTexts,
  findIndexed,
  findOwners,
  listFollowing,
  listFollowingSizes,
  listUnindexed,
  markIndexed,
} from './index-store.ts'

const mostEvents = 500
const pageBytes = 256 * 1024
/** Of one text; what stands further behind is not found. */
const mostIndexed = 256 * 1024

/** Brings what was said since into the index, a session at a time. Counts the sessions; fewer than `limit` were all. */
export async function indexTexts(db: Database, limit: number): Promise<number> {
  const sessions = await listUnindexed(db, limit)
  for (const { session_id, tenant_id } of sessions) {
    while (!(await indexPage(db, session_id, tenant_id)));
  }
  return sessions.length
}

/** In steps, so that a long conversation does not hold anybody up. True when nothing is left. */
function indexPage(db: Database, sessionId: string, tenantId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const after = await findIndexed(tx, sessionId)
    const { events, isLast } = await nextPage(tx, sessionId, after)
    const { texts, seq } = textsIn(events)
    // A turn that is longer than a page is taken as far as it goes.
    const upTo = isLast || seq > 0 ? Math.max(seq, after) : events.at(-1)!.seq
    const owners = await findOwners(tx, sessionId)
    await appendTexts(tx, sessionId, owners, seq === 0 && !isLast ? [allText(events)] : texts)
    await markIndexed(tx, { sessionId, tenantId, seq: upTo, isDone: isLast })
    return isLast
  })
}

/** A few events, or one that is long. */
async function nextPage(tx: Kysely<Schema>, sessionId: string, after: number) {
  const sizes = await listFollowingSizes(tx, sessionId, after, mostEvents)
  let bytes = 0
  const fitting = sizes.findIndex((row) => (bytes += row.bytes) > pageBytes)
  const count = fitting === -1 ? sizes.length : Math.max(fitting, 1)
  const events = await listFollowing(tx, sessionId, after, count)
  return { events, isLast: count === sizes.length && sizes.length < mostEvents }
}

/** What was said, one text a turn, and the last event that belongs to one of them. A turn that is not over is left for later. */
export function textsIn(events: readonly LoggedEvent[]): { texts: string[]; seq: number } {
  const texts: string[] = []
  let speaking = ''
  let seq = 0
  for (const row of events) {
    const event = parseLogEvent(row)
    if (event.type === 'text') speaking += event.text
    else if (startsOver.includes(event.type)) speaking = ''
    else if (event.type === 'user_input') texts.push(typedText(event.segments))
    else if (event.type === 'assistant_turn') {
      texts.push(speaking)
      speaking = ''
    }
    if (speaking === '' && !isMidTurn(event)) seq = row.seq
  }
  return { texts: texts.map((text) => text.slice(0, mostIndexed)).filter((text) => text.trim() !== ''), seq }
}

function isMidTurn(event: LogEvent): boolean {
  return ['text', 'thinking', 'text_was_thinking', 'tool_call'].includes(event.type)
}

function allText(events: readonly LoggedEvent[]): string {
  return events
    .map((row) => parseLogEvent(row))
    .flatMap((event) => (event.type === 'text' ? [event.text] : []))
    .join('')
}
