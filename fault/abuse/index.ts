import type { RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'
import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Fault, Outcome } from '../fault.ts'
import { Operator, type Told } from '../operator.ts'
import { Random } from '../random.ts'
import { abused, leftovers, restingVitals } from './abused.ts'
import { connectAndAbort, halfOpen, neverRead, startAndAbort } from './abuses.ts'
import { abusedAgents } from './agents.ts'
import { settledVitals, vitalsOf } from './vitals.ts'

const usualCycles = 10_000
const readers = 50
/** So often, it is more than the sockets between two processes take in without being read. */
const much = 'More than anybody wants to hear. '.repeat(4000)
const often = 15
const halfOpenOfEach = 50
/** Half a request is waited for two minutes, and looked for every half minute. */
const halfRequestMs = 160_000
const deafMs = 30_000

/** Clients that come and go, that do not read, and that are not there any more: the process forgets them all. */
export const abuse: Fault = {
  name: 'abuse',
  async run({ seed, count = usualCycles }) {
    return [...(await onFreshRuntime((...on) => comings(seed, count, ...on))), ...(await onFreshRuntime(deafness))]
  },
}

async function onFreshRuntime(work: (runtime: RuntimeProcess, operator: Operator) => Promise<Outcome[]>) {
  const runtime = await startRuntime(abusedAgents)
  try {
    return await work(runtime, new Operator(runtime.url))
  } finally {
    await runtime.stop()
  }
}

async function comings(seed: number, count: number, runtime: RuntimeProcess, operator: Operator): Promise<Outcome[]> {
  const { url } = runtime
  const { runId, agentId } = await parkedRun(operator, 'Hello.')
  const come = (random: Random) => () => connectAndAbort(url, runId, count, random)
  await connectAndAbort(url, runId, Math.ceil(count / 10), new Random(seed + 2))
  await startAndAbort(url, 'endless', 50)
  const base = await restingVitals(runtime)
  const outcomes = [
    await abused(runtime, base, `${count} connects and aborts`, 20_000, come(new Random(seed))),
    await abused(runtime, base, `${count} more`, 20_000, come(new Random(seed + 1))),
    await abused(runtime, base, '500 one-shot runs whose callers leave', 20_000, () =>
      startAndAbort(url, 'endless', 500),
    ),
    await abused(runtime, base, `${halfOpenOfEach} × 4 kinds of half-open connections`, halfRequestMs, () =>
      halfOpen(url, runId, halfOpenOfEach),
    ),
  ]
  await operator.insist('an end', () => operator.client.cancelAgent(agentId))
  return [...outcomes, leftovers(runtime)]
}

async function deafness(runtime: RuntimeProcess, operator: Operator): Promise<Outcome[]> {
  const told = await parkedRun(operator, 'Hello.')
  const round = async () => {
    await neverRead(runtime.url, told.runId, readers)
    for (let times = 1; times <= often; times++) await hear(operator, told, much)
  }
  // The first ones leave the allocator with room that it keeps; the next ones must find it.
  const atFirst = vitalsOf(runtime)
  for (let n = 0; n < 3; n++) await round()
  await settledVitals(runtime, { ...atFirst, residentMb: Number.POSITIVE_INFINITY }, deafMs)
  const base = await restingVitals(runtime)
  return [await abused(runtime, base, `${readers} readers that never read`, deafMs, round)]
}

async function parkedRun(operator: Operator, text: string): Promise<Told> {
  const content = [{ type: 'trusted-text' as const, text }]
  const told = await operator.start({ agent: 'echo', segments: [{ role: 'user', content }], interactive: true })
  await operator.until('the run parks', () => isParked(told, 1))
  return told
}

/** Somebody who reads is told, whoever does not. */
async function hear(operator: Operator, told: Told, text: string) {
  const times = told.events.filter(({ type }) => type === 'awaiting_input').length
  await operator.say(told, text)
  await operator.until('the answer', () => isParked(told, times + 1))
}

function isParked({ events }: Told, times: number): boolean {
  return events.filter(({ type }) => type === 'awaiting_input').length === times
}
