import { type Aftermath, saidBy } from '../aftermath.ts'
import type { WatchedRun } from '../watched-run.ts'

export interface Expected {
  status: 'running' | 'completed' | 'failed' | 'cancelled'
  phase?: 'parked' | 'waiting'
  /** What the agent said last. */
  said?: string
}

export function* expectRun(after: Aftermath, run: WatchedRun | undefined, expected: Expected): Generator<string> {
  const row = after.runs.find(({ id }) => id === run?.id)
  if (!row) return yield 'a run is missing'
  const state = `${row.status} ${row.phase ?? ''}`.trim()
  const wanted = `${expected.status} ${expected.phase ?? ''}`.trim()
  if (state !== wanted) yield `${row.id} is ${state} (${row.error ?? row.stop_reason}) and should be ${wanted}`
  const said = saidBy(after, row.id).at(-1)
  if (expected.said !== undefined && said !== expected.said) {
    yield `${row.id} said ${JSON.stringify(said)} last and should have said ${JSON.stringify(expected.said)}`
  }
}

export function* expectRuns(after: Aftermath, count: number): Generator<string> {
  if (after.runs.length !== count) yield `there are ${after.runs.length} runs and should be ${count}`
}
