import { isDeepStrictEqual } from 'node:util'
import { toWire } from '../../apps/runtime/src/engine/log/log-event.ts'
import type { Operator, Told } from '../operator.ts'
import { type Aftermath, eventsOf, type RunRow } from '../simulation/aftermath.ts'
import { logComplaints } from '../simulation/invariants/log.ts'
import { rowComplaints } from '../simulation/invariants/rows.ts'
import { usageComplaints } from '../simulation/invariants/usage.ts'

/** What is wrong after everybody has finished. */
export function* killComplaints(after: Aftermath, operators: readonly Operator[]): Generator<string> {
  yield* logComplaints(after)
  yield* rowComplaints(after)
  yield* usageComplaints(after)
  const inRows = new Map(after.runs.map((run) => [run.id, run]))
  for (const run of after.runs) {
    if (run.status === 'running') yield `${run.id} is still ${run.phase}, and everybody is done with it`
    if (run.status === 'failed') yield `${run.id} failed: ${run.error}`
    if (run.status === 'cancelled' && run.interactive === 0) yield `${run.id} was cancelled: ${run.stop_reason}`
  }
  for (const operator of operators) {
    for (const told of operator.told) yield* toldComplaints(after, told, inRows.get(told.runId))
    yield* inputComplaints(after, operator, inRows)
  }
  const wanted = operators.flatMap(({ told }) => told.map(({ runId }) => runId))
  const roots = after.runs.filter((run) => run.parent_run_id === null)
  if (new Set(wanted).size !== wanted.length || roots.length !== wanted.length) {
    yield `${wanted.length} runs were started, and there are ${roots.length}`
  }
  yield* countComplaints(after)
}

/** The client has the log: every frame of it, once, in order, as it is stored. */
function* toldComplaints(after: Aftermath, told: Told, run: RunRow | undefined): Generator<string> {
  if (!run) return yield `${told.runId} was shown to a client and is not there`
  const rows = eventsOf(after, told.runId)
    .map(({ row }) => row)
    .filter((row) => toWire(row) !== undefined)
    .slice(run.interactive === 1 ? 0 : 1)
  const seqs = rows.map((row) => row.seq)
  const seen = told.events.map((event) => event.seq)
  if (!isDeepStrictEqual(seqs, seen)) yield `a client of ${told.runId} was told ${seen} of ${seqs}`
  for (const [at, row] of rows.entries()) {
    const { seq, ...event } = told.events[at] ?? { type: 'nothing' }
    if (!isDeepStrictEqual(JSON.parse(toWire(row)?.data ?? 'null'), event)) {
      return yield `a client of ${told.runId} was told ${JSON.stringify(event)} (${seq}) and the log has ${row.payload} (${row.seq})`
    }
  }
}

function* inputComplaints(after: Aftermath, operator: Operator, runs: Map<string, RunRow>): Generator<string> {
  for (const { runId, inputId, text } of operator.acknowledged) {
    const times = eventsOf(after, runId).filter(
      ({ event }) => event.type === 'user_input' && event.input_id === inputId,
    ).length
    // Who ends a conversation may end it before it has heard everything.
    if (times === 1 || (times === 0 && runs.get(runId)?.status === 'cancelled')) continue
    yield `"${text}" was acknowledged and is in the log of ${runId} ${times} times`
  }
}

/** Each key is counted by one call: what the log says about it is what was counted. */
function* countComplaints(after: Aftermath): Generator<string> {
  const counted = new Map(after.memory.map(({ key, value }) => [key, Number(value)]))
  for (const { row, event } of after.runs.flatMap((run) => eventsOf(after, run.id))) {
    if (event.type !== 'tool_result' || event.tool_use.name !== 'Memory') continue
    const { key } = event.tool_use.input as { key: string }
    const value = counted.get(key) ?? 0
    const told = event.text
    const isKnown = told === '{"value":1}'
    if (isKnown ? value !== 1 : value > 1) yield `${key} was counted ${value} times, and ${row.run_id} was told ${told}`
    if (!isKnown && !(event.is_error && /nobody knows|cancelled/.test(told))) {
      yield `${key} was counted ${value} times, and ${row.run_id} was told ${told}`
    }
    counted.delete(key)
  }
  for (const [key, value] of counted) yield `${key} was counted ${value} times, and no log says so`
}

/** How often the outcome of a call was not known, which is what a kill in the middle of one leaves. */
export function unknownOutcomes(after: Aftermath): number {
  return after.events.filter((row) => row.type === 'tool_result' && row.payload.includes('nobody knows')).length
}
