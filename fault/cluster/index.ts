import { setTimeout as sleep } from 'node:timers/promises'
import { mostTries } from '../../apps/runtime/src/engine/work/giving-up.ts'
import type { Fault } from '../fault.ts'
import { textOf } from '../kill/afterwards.ts'
import { busyAgents } from '../kill/agents.ts'
import { killComplaints, unknownOutcomes } from '../kill/complaints.ts'
import { errands } from '../kill/errands.ts'
import { Operator } from '../operator.ts'
import { Random } from '../random.ts'
import { Cluster } from './cluster.ts'
import { type Disturbance, disturbances } from './disturbances.ts'

const usualDisturbances = 150
const operatorsAtOnce = 6
const quietMs = 2_000
const between = { shortestMs: 50, longestMs: 900 }
/** A run is given up when it is taken up `mostTries` times without getting anywhere: near that, nothing is disturbed. */
const tooManyTries = mostTries - 2

/** Replicas and their database are killed, stopped and cut off while people use them through a balancer. */
export const cluster: Fault = {
  name: 'cluster',
  async run({ seed, count = usualDisturbances, only }) {
    const disturbed = await Cluster.start(busyAgents, new Random(seed))
    try {
      const operators = Array.from({ length: operatorsAtOnce }, () => new Operator(disturbed.balancer.url))
      const over = new AbortController()
      const complaints: string[] = []
      const all = Promise.all(
        operators.map((operator, at) => work(operator, `${at}`, new Random(seed + at), over.signal)),
      ).catch((error: unknown) => {
        complaints.push(`somebody gave up: ${textOf(error)}`)
        over.abort()
      })
      const times = await disturb(disturbed, new Random(seed), { count, only, over: over.signal })
      over.abort()
      await all
      await sleep(quietMs)
      const after = await disturbed.aftermath()
      complaints.push(...killComplaints(after, operators))
      const tried = `${[...times].map(([what, n]) => `${n}× ${what}`).join(', ')}; ${after.runs.length} runs, ${after.events.length} events, ${unknownOutcomes(after)} outcomes unknown`
      return [{ what: 'three replicas', tried, violations: complaints.map((what) => ({ case: 'cluster', what })) }]
    } finally {
      await disturbed.stop()
    }
  },
}

async function work(operator: Operator, name: string, random: Random, over: AbortSignal): Promise<void> {
  for (let n = 1; !over.aborted; n++) await random.pick(errands)(operator, `${name}-${n}`, random)
}

async function disturb(
  cluster: Cluster,
  random: Random,
  { count, only, over }: { count: number; only: string | undefined; over: AbortSignal },
): Promise<Map<string, number>> {
  const times = new Map<string, number>()
  const choices = Object.entries(disturbances)
    .filter(([what]) => only === undefined || what === only)
    .flatMap(([what, { often, disturb }]) => Array<[string, Disturbance]>(often).fill([what, disturb]))
  for (let n = 0; n < count && !over.aborted; n++) {
    await sleep(random.between(between.shortestMs, between.longestMs))
    while (!over.aborted && (await cluster.hasTried(tooManyTries).catch(() => true))) await sleep(100)
    const [what, disturb] = random.pick(choices as [(typeof choices)[number], ...typeof choices])
    const replica = random.pick(cluster.replicas as [Cluster['replicas'][number]])
    await disturb(cluster, replica, random)
    times.set(what, (times.get(what) ?? 0) + 1)
    if ((n + 1) % 25 === 0) console.log(`  ${n + 1} disturbances`)
  }
  return times
}
