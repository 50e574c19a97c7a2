import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toRequest as toAnthropic } from '../../models/providers/anthropic/to-request.ts'
import { toRequest as toOpenAi } from '../../models/providers/openai/to-request.ts'
import { aRequest } from '../../models/providers/testing/requests.ts'
import { validateAnthropic } from '../../models/providers/testing/validate-anthropic.ts'
import { validateOpenAi } from '../../models/providers/testing/validate-openai.ts'
import { createToolNames } from '../../models/providers/tools/tool-names.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import type { LogEvent } from '../log/log-event.ts'
import { insertEvent } from '../log/store.ts'
import { History } from '../loop/history.ts'
import { type HistoryMessage, shownTo } from '../loop/history-message.ts'
import { aConversation, said } from '../loop/testing/conversations.ts'
import { cleanBoundary } from './clean-boundary.ts'

function replay(events: readonly LogEvent[]): History {
  const history = new History()
  for (const event of events) history.apply(event)
  return history
}

function problemsWith(remembered: HistoryMessage[]) {
  const messages = shownTo('p', remembered)
  const request = aRequest({ messages })
  const names = createToolNames(request.tools, messages)
  return [
    validateAnthropic(toAnthropic(request, names)),
    validateOpenAi(toOpenAi(request, names, { service: 'openai' })),
  ].filter((problem) => problem !== undefined)
}

it('whatever the conversation and wherever it is cut: no turn is parted, and what comes next can be sent', async () => {
  const cases = fc.sample(fc.tuple(aConversation, fc.nat(100)), 300)
  const db = await tempDatabase()
  const rows = cases.flatMap(([{ events }], n) =>
    events.map((event, i) => {
      const row = { seq: i + 1, run_id: 'r_1', at: 0, type: event.type, payload: JSON.stringify(event) }
      return insertEvent('default', `s_${n}`, row)
    }),
  )
  await db.write(rows)

  for (const [n, [{ events }, at]] of cases.entries()) {
    const until = Math.min(at, events.length)
    const boundary = await cleanBoundary(db, `s_${n}`, until)
    expect(boundary).toBeGreaterThanOrEqual(0)
    expect(boundary).toBeLessThanOrEqual(until)
    const kept = events.slice(0, boundary)
    const known = replay(kept)
    expect(known.openCalls).toEqual([])
    expect(known.isMidTurn).toBe(false)
    const done: LogEvent = { type: 'done', stop_reason: 'replayed', usage: { input_tokens: 0, output_tokens: 0 } }
    const next = replay([...kept, done, said('And now?', false)])
    expect(problemsWith(next.messages)).toEqual([])
    // What was said before stands where it stood.
    const before = JSON.stringify(known.messages).slice(0, -1)
    if (known.messages.at(-1)?.role === 'assistant') expect(JSON.stringify(next.messages).startsWith(before)).toBe(true)
    // A cut in a clean place stays where it is.
    expect(await cleanBoundary(db, `s_${n}`, boundary)).toBe(boundary)
  }
})
