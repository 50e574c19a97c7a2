import type { LogEvent } from '../../../apps/runtime/src/engine/log/log-event.ts'
import { type Aftermath, type EventRow, eventsOf, type RunRow } from '../aftermath.ts'

export function* logComplaints(after: Aftermath): Generator<string> {
  yield* holes(after.events)
  for (const run of after.runs) {
    const events = eventsOf(after, run.id)
    const types = events.map(({ event }) => event.type)
    for (const type of ['system_prompt', 'started'] as const) {
      const count = types.filter((other) => other === type).length
      if (count !== 1) yield `${run.id} has ${count} × ${type}`
    }
    yield* callComplaints(
      run,
      events.map(({ event }) => event),
    )
    yield* endComplaints(run, types)
    yield* totalComplaints(
      run,
      events.map(({ event }) => event),
    )
  }
}

function* holes(events: readonly EventRow[]): Generator<string> {
  const heads = new Map<string, number>()
  for (const { session_id, seq } of events) {
    const head = heads.get(session_id) ?? 0
    if (seq !== head + 1) yield `the log of ${session_id} goes from ${head} to ${seq}`
    heads.set(session_id, seq)
  }
}

/** Every call of a whole turn has one result, and nothing of the next turn comes before it. */
function* callComplaints(run: RunRow, events: readonly LogEvent[]): Generator<string> {
  let said: string[] = []
  let open = new Set<string>()
  const seen = new Set<string>()
  const answered = new Set<string>()
  for (const event of events) {
    switch (event.type) {
      case 'text':
      case 'thinking':
        if (open.size > 0) yield `${run.id} goes on speaking while ${[...open]} has no result`
        break
      case 'tool_call':
        if (open.size > 0) yield `${run.id} calls ${event.tool_use.id} while ${[...open]} has no result`
        said.push(event.tool_use.id)
        break
      case 'retry':
        said = []
        break
      case 'assistant_turn':
        if (open.size > 0) yield `${run.id} ends a turn while ${[...open]} has no result`
        for (const id of said) {
          if (seen.has(id)) yield `${run.id} has two calls ${id}`
          seen.add(id)
        }
        open = new Set(said)
        said = []
        break
      case 'tool_result':
        if (answered.has(event.tool_use.id)) yield `${run.id} has two results for ${event.tool_use.id}`
        else if (!open.delete(event.tool_use.id))
          yield `${run.id} has a result for ${event.tool_use.id}, which it did not call`
        answered.add(event.tool_use.id)
        break
      case 'user_input':
      case 'awaiting_input':
      case 'error':
        if (open.size > 0) yield `${run.id} has ${event.type} while ${[...open]} has no result`
        break
      case 'done':
        // A run that is ended from outside while it rests is not made to answer first; its history closes its calls.
        if (open.size > 0 && run.status !== 'cancelled') yield `${run.id} is done while ${[...open]} has no result`
        break
    }
  }
}

function* endComplaints(run: RunRow, types: readonly string[]): Generator<string> {
  const last = types.at(-1)
  const dones = types.filter((type) => type === 'done').length
  if (run.status === 'running') {
    if (dones > 0) yield `${run.id} runs on after done`
    if (run.phase === 'parked' && last !== 'awaiting_input') yield `${run.id} is parked after ${last}`
    return
  }
  const expected = run.status === 'failed' ? 'error' : 'done'
  if (last !== expected) yield `${run.id} is ${run.status}, but its log ends with ${last}`
  if (dones > 1) yield `${run.id} has ${dones} × done`
}

function* totalComplaints(run: RunRow, events: readonly LogEvent[]): Generator<string> {
  const usages = events.filter((event) => event.type === 'usage')
  if (usages.length !== run.turns) yield `${run.id} counts ${run.turns} turns and logs ${usages.length}`
  const input = usages.reduce((sum, { usage }) => sum + usage.input_tokens, 0)
  const output = usages.reduce((sum, { usage }) => sum + usage.output_tokens, 0)
  // What a summary took is counted, and has no event of its own.
  const isCompacted = events.some((event) => event.type === 'context_compaction')
  if (
    isCompacted
      ? input > run.input_tokens || output > run.output_tokens
      : input !== run.input_tokens || output !== run.output_tokens
  ) {
    yield `${run.id} counts ${run.input_tokens} + ${run.output_tokens} tokens and logs ${input} + ${output}`
  }
}
