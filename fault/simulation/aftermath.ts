import { type LogEvent, startsOver } from '../../apps/runtime/src/engine/log/log-event.ts'
import type { LoggedEvent } from '../../apps/runtime/src/engine/log/store.ts'
import type { fromRow } from '../../apps/runtime/src/engine/rows/run-record.ts'

export type RunRow = Parameters<typeof fromRow>[0]
export type EventRow = LoggedEvent & { session_id: string }

/** Everything that is on disk when it is quiet again. */
export interface Aftermath {
  runs: RunRow[]
  events: EventRow[]
  inputs: { id: string; run_id: string; text: string }[]
  returned: { id: string; run_id: string }[]
  calls: { run_id: string; tool_use_id: string; state: 'started' | 'waiting' | 'answered' | 'finished' }[]
  interrupts: { id: string; run_id: string; status: string }[]
  /** What was counted of a run's model calls, and of all of a day. */
  usage: { run_id: string; calls: number; tokens: number }[]
  usageOfDays: { calls: number; tokens: number }[]
  memory: { key: string; value: string }[]
  /** What agents have said on cards, and cards that wait for an agent. */
  answers: { body: string; actor: string }[]
  starts: { n: number }[]
  teamRuns: { id: string; status: string; ended_at: number | null }[]
  teamSteps: { step: number; state: string; ended_at: number | null }[]
  /** The statuses that chunks got, in order. */
  moves: { status: string }[]
}

export async function readAftermath(all: <T>(sql: string) => Promise<T[]>): Promise<Aftermath> {
  return {
    runs: await all('select * from runs order by started_at, id'),
    events: await all('select * from events order by session_id, seq'),
    inputs: await all('select * from run_inputs order by n'),
    returned: await all('select * from returned_inputs order by n'),
    calls: await all('select * from tool_calls order by run_id, tool_use_id'),
    interrupts: await all('select * from interrupts order by created_at'),
    usage: await all(`select run_id, sum(calls) as calls, sum(input_tokens + output_tokens) as tokens
      from usage_runs group by run_id`),
    usageOfDays: await all(`select coalesce(sum(calls), 0) as calls,
      coalesce(sum(input_tokens + output_tokens), 0) as tokens from usage_days`),
    memory: await all('select key, value from memory order by key'),
    answers: await all(`select t.body, c.actor from chunks c join chunk_contents t on t.n = c.n
      where c.type = 'comment' and c.actor like '%"agent"%' order by c.n`),
    starts: await all('select n from card_starts order by n'),
    teamRuns: await all('select id, status, ended_at from team_runs order by n'),
    teamSteps: await all('select step, state, ended_at from team_steps order by team_run_id, step'),
    moves: await all(`select detail ->> '$.changed.status' as status from document_changes
      where coalesce(detail ->> '$.changed.status', '') <> '' order by seq`),
  }
}

export function eventsOf(after: Aftermath, runId: string): { row: EventRow; event: LogEvent }[] {
  return after.events
    .filter((row) => row.run_id === runId)
    .map((row) => ({ row, event: JSON.parse(row.payload) as LogEvent }))
}

/** What the agent said, without what was cut off and said again. */
export function saidBy(after: Aftermath, runId: string): string[] {
  const turns: string[] = []
  let text = ''
  for (const { event } of eventsOf(after, runId)) {
    if (event.type === 'text') text += event.text
    if (startsOver.includes(event.type)) text = ''
    if (event.type === 'assistant_turn') {
      if (text) turns.push(text)
      text = ''
    }
  }
  return turns
}
