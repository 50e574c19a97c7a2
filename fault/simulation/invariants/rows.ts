import type { Aftermath, RunRow } from '../aftermath.ts'

/** What the rows may not say when nothing moves any more. */
export function* rowComplaints(after: Aftermath): Generator<string> {
  const byId = new Map(after.runs.map((run) => [run.id, run]))
  for (const run of after.runs) {
    const calls = after.calls.filter((call) => call.run_id === run.id && call.state !== 'finished')
    const inputs = after.inputs.filter((input) => input.run_id === run.id)
    const pending = after.interrupts.filter(({ run_id, status }) => run_id === run.id && status === 'pending')
    const children = after.runs.filter((child) => child.parent_run_id === run.id)
    if (run.status !== 'running') {
      if (run.phase !== null || run.lease_owner !== null)
        yield `${run.id} has ended and is still ${run.phase} or leased`
      if (run.completed_at === null) yield `${run.id} has ended at no time`
      for (const call of calls) yield `${run.id} has ended, and its call ${call.tool_use_id} is ${call.state}`
      for (const input of inputs) yield `${run.id} has ended, and ${JSON.stringify(input.text)} still waits to be heard`
      for (const { id } of pending) yield `${run.id} has ended, and ${id} is still to be answered`
      for (const child of children.filter(isLive)) yield `${run.id} has ended, and its child ${child.id} has not`
      continue
    }
    if (run.lease_owner !== null) yield `${run.id} rests and is leased to ${run.lease_owner}`
    if (run.phase === 'parked') {
      for (const input of inputs) yield `${run.id} is parked, and nobody hears ${JSON.stringify(input.text)}`
      for (const call of calls) yield `${run.id} is parked, and its call ${call.tool_use_id} is ${call.state}`
    } else if (run.phase === 'waiting') {
      for (const call of calls.filter(({ state }) => state === 'answered')) {
        yield `${run.id} is waiting, and ${call.tool_use_id} is answered`
      }
      if (!calls.some(({ state }) => state === 'waiting')) yield `${run.id} is waiting for nothing`
      if (run.awaited_state === 'child' && !children.some(isLive)) yield `${run.id} waits for children that have ended`
      if (run.awaited_state === 'interrupted' && pending.length === 0)
        yield `${run.id} waits for an answer nobody can give`
    } else yield `${run.id} is ${run.phase}, and nobody works on it`
  }
  for (const { run_id } of [...after.calls, ...after.inputs]) {
    if (!byId.has(run_id)) yield `there are rows of ${run_id}, which does not exist`
  }
}

function isLive(run: RunRow): boolean {
  return run.status === 'running'
}
