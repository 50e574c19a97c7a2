import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'
import type { Outcome } from '../fault.ts'
import { collectGarbage, settledVitals, type Vitals, vitalsOf } from './vitals.ts'

const settleMs = 4_000
/** Pages that the allocator keeps; what leaks grows with every cycle. */
const toleratedMb = 24
/** Connections that clients of ours keep for their next request. */
const kept = 2

export async function restingVitals(runtime: RuntimeProcess): Promise<Vitals> {
  await sleep(settleMs)
  await collectGarbage(runtime)
  return vitalsOf(runtime)
}

/** Does it, waits until the process is as it was, and tells what it held before, meanwhile and afterwards. */
export async function abused(
  runtime: RuntimeProcess,
  base: Vitals,
  what: string,
  patienceMs: number,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  let most = { residentMb: 0, descriptors: 0 }
  const watch = setInterval(() => {
    const { residentMb, descriptors } = vitalsOf(runtime)
    most = {
      residentMb: Math.max(most.residentMb, residentMb),
      descriptors: Math.max(most.descriptors, descriptors),
    }
  }, 50)
  await work()
  const limit = { residentMb: base.residentMb + toleratedMb, descriptors: base.descriptors + kept }
  const { afterMs, descriptors, residentMb } = await settledVitals(runtime, limit, patienceMs)
  clearInterval(watch)
  const complaints = []
  if (descriptors > limit.descriptors)
    complaints.push(`${descriptors} descriptors are open, at first ${base.descriptors}`)
  if (residentMb > limit.residentMb) complaints.push(`${mb(residentMb)} are resident, at first ${mb(base.residentMb)}`)
  const memory = `${mb(base.residentMb)} → ${mb(most.residentMb)} → ${mb(residentMb)}`
  const open = `${base.descriptors} → ${most.descriptors} → ${descriptors} descriptors`
  const tried = `${memory}, ${open}, settled in ${(afterMs / 1000).toFixed(1)} s`
  return { what, tried, violations: complaints.map((complaint) => ({ case: what, what: complaint })) }
}

/** Runs nobody waits for are over, and nothing was said on the side. */
export function leftovers(runtime: RuntimeProcess): Outcome {
  const db = new DatabaseSync(join(runtime.dataDir, 'loomcycle.db'), { readOnly: true })
  const rows = db.prepare('select status, count(*) as n from runs group by status').all()
  db.close()
  const counts = rows as { status: string; n: number }[]
  const lines = runtime.output().trim().split('\n')
  const output = lines.filter((line) => !/debugg|listening on/i.test(line)).join('\n')
  const complaints = [
    ...counts.filter(({ status }) => status === 'running').map(({ n }) => `${n} runs go on, and nobody waits for them`),
    ...(output ? [`the process said: ${output.slice(0, 500)}`] : []),
  ]
  const tried = counts.map(({ status, n }) => `${n} ${status}`).join(', ')
  return { what: 'what is left of the runs', tried, violations: complaints.map((what) => ({ case: 'runs', what })) }
}

function mb(value: number): string {
  return `${value.toFixed(0)} MB`
}
