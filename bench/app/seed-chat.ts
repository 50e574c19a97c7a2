import { join } from 'node:path'
import { type Database, openDatabase } from '../../apps/runtime/src/db/database.ts'
import type { LogEvent } from '../../apps/runtime/src/log/log-event.ts'
import { insertEvent } from '../../apps/runtime/src/log/store.ts'
import { insertSession } from '../../apps/runtime/src/sessions/store.ts'
import { heavyAnswer } from './heavy-answer.ts'

export interface SeededChat {
  sessionId: string
  title: string
  /** Stands in the last message and nowhere else. */
  lastWords: string
}

export interface ChatToSeed {
  messages: number
  agent: string
  /** Text of the last answer instead of a heavy one. */
  lastAnswer?: string
}

const tenant = 'default'
const user = 'default'
const piece = 120
const rowsAtOnce = 2000

/** Writes conversations that ended into a runtime's database, through its own stores. */
export async function seedChats(dataDir: string, chats: readonly ChatToSeed[]): Promise<SeededChat[]> {
  const db = await openDatabase(join(dataDir, 'loomcycle.db'))
  try {
    const seeded: SeededChat[] = []
    for (const [i, chat] of chats.entries()) seeded.push(await seedChat(db, i + 1, chat))
    return seeded
  } finally {
    await db.close()
  }
}

async function seedChat(db: Database, n: number, { messages, agent, lastAnswer }: ChatToSeed): Promise<SeededChat> {
  const sessionId = `s_${String(n).padStart(16, '0')}`
  const runId = `r_${String(n).padStart(16, '0')}`
  const title = `Bench ${n}: ${messages} messages`
  const turns = messages / 2
  const start = Date.now() - turns * 60_000 - 60_000
  const row = {
    id: sessionId,
    tenant_id: tenant,
    user_id: user,
    agent,
    created_at: start,
    last_activity: start + turns * 60_000,
    opening: title,
  }
  const run = {
    id: runId,
    session_id: sessionId,
    tenant_id: tenant,
    user_id: user,
    agent,
    agent_id: `a_${String(n).padStart(16, '0')}`,
    root_run_id: runId,
    status: 'completed' as const,
    phase: null,
    interactive: 1,
    options: '{}',
    history_after: 0,
    first_seq: 1,
    started_at: start,
    completed_at: start + turns * 60_000,
    stop_reason: 'end_turn',
  }
  await db.write([insertSession(row), db.sql.insertInto('runs').values(run).compile()])

  const lastWords = `The end of ${title}.`
  let seq = 0
  let waiting = []
  for (let turn = 1; turn <= turns; turn++) {
    const last = turn === turns
    const answer = last ? `${lastAnswer ?? heavyAnswer(turn)}\n\n${lastWords}` : heavyAnswer(turn)
    for (const event of turnEvents(turn, answer)) {
      const at = start + turn * 60_000
      const stored = { seq: ++seq, run_id: runId, at, type: event.type, payload: JSON.stringify(event) }
      waiting.push(insertEvent(tenant, sessionId, stored))
    }
    if (waiting.length < rowsAtOnce && !last) continue
    await db.write(waiting)
    waiting = []
  }
  return { sessionId, title, lastWords }
}

function turnEvents(n: number, answer: string): LogEvent[] {
  const use = { id: `call_${n}`, name: 'Context', input: { op: 'time' } }
  const asked = `Question ${n}: what happened to run ${n}, and what can be done about it?`
  return [
    {
      type: 'user_input',
      segments: [{ role: 'user', content: [{ type: 'trusted-text', text: asked }] }],
      source: 'webui',
      seen_at: new Date().toISOString(),
      ...(n === 1 ? { opening: true } : {}),
    },
    { type: 'thinking', text: `The person asks about run ${n}. I had better look at the clock first.` },
    { type: 'tool_call', tool_use: use },
    { type: 'tool_result', tool_use: use, text: JSON.stringify({ now: new Date().toISOString(), zone: 'UTC', n }) },
    ...pieces(answer),
    {
      type: 'usage',
      usage: { input_tokens: 900 + n, output_tokens: 400, model: 'bench', max_context_tokens: 200_000 },
    },
    { type: 'assistant_turn', stop_reason: 'end_turn' },
    { type: 'awaiting_input', awaiting_input: { since_turn: n } },
  ]
}

/** As the log of a stream looks: a row for what came together within a moment. */
function pieces(text: string): LogEvent[] {
  const events: LogEvent[] = []
  for (let from = 0; from < text.length; from += piece)
    events.push({ type: 'text', text: text.slice(from, from + piece) })
  return events
}
