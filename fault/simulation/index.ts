import type { Fault, Outcome } from '../fault.ts'
import { Random } from '../random.ts'
import { type CrashPlan, moments, planText, readPlan } from './crash-point.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'
import { runReplicas, runTrial, runTwoHanded } from './trial.ts'

const randomPlansPerScenario = 40

/** Every scenario is played so often by two processes. */
const twoHandedPerScenario = 25
/** In place of a plan in the name of a case: two processes, as this seed has them take turns. */
const twoHands = /^two-hands-(\d+)$/
/** The same with two replicas. */
const replicas = /^replicas-(\d+)$/

/**
 * Every scenario, with the process dying at every call it makes of its store, and again and again at random ones; with two
 * processes that take turns at every call, and with two replicas of which one may die.
 */
export const simulation: Fault = {
  name: 'simulation',
  async run({ seed, only, count = randomPlansPerScenario }) {
    const [name, plan] = only?.split('@') ?? []
    const chosen = scenarios.filter((scenario) => name === undefined || scenario.name === name)
    const outcomes: Outcome[] = []
    for (const scenario of chosen) {
      const own = twoHands.exec(plan ?? '')?.[1]
      const replica = replicas.exec(plan ?? '')?.[1]
      if (own !== undefined) outcomes.push(await tryTwoHands(scenario, [Number(own)]))
      else if (replica !== undefined) outcomes.push(await tryReplicas(scenario, [Number(replica)]))
      else if (plan !== undefined) outcomes.push(await tryPlans(scenario, [readPlan(plan)], 0))
      else {
        const calls = await countCalls(scenario)
        const plans = [[], ...everyPoint(calls), ...randomPlans(new Random(seed), calls, count)]
        outcomes.push(await tryPlans(scenario, plans, calls))
        const seeds = Array.from({ length: twoHandedPerScenario }, (_, n) => seed + n)
        outcomes.push(await tryTwoHands(scenario, seeds))
        outcomes.push(await tryReplicas(scenario, seeds))
      }
    }
    return outcomes
  },
}

/** Calls of the store of an undisturbed execution. */
export async function countCalls(scenario: Scenario): Promise<number> {
  const { calls } = await runTrial(scenario, [])
  return calls[0] ?? 0
}

export function everyPoint(calls: number): CrashPlan[] {
  return Array.from({ length: calls }, (_, at) => moments.map((when) => [{ call: at + 1, when }])).flat()
}

/** Two to four processes that die one after the other, most of them soon after they have started. */
export function randomPlans(random: Random, calls: number, count: number): CrashPlan[] {
  return Array.from({ length: count }, () =>
    Array.from({ length: random.between(2, 4) }, (_, at) => ({
      call: random.between(1, at === 0 ? calls : Math.min(calls, 8)),
      when: random.pick(moments),
    })),
  )
}

function tryTwoHands(scenario: Scenario, seeds: readonly number[]): Promise<Outcome> {
  return trySeeds(scenario, seeds, { what: 'two hands', name: 'two-hands', run: runTwoHanded })
}

function tryReplicas(scenario: Scenario, seeds: readonly number[]): Promise<Outcome> {
  return trySeeds(scenario, seeds, { what: 'two replicas', name: 'replicas', run: runReplicas })
}

async function trySeeds(
  scenario: Scenario,
  seeds: readonly number[],
  { what, name, run }: { what: string; name: string; run: typeof runTwoHanded },
): Promise<Outcome> {
  const outcome: Outcome = { what: `${scenario.name}, ${what}`, tried: `${seeds.length} orders`, violations: [] }
  for (const seed of seeds) {
    const { complaints } = await run(scenario, seed)
    for (const complaint of complaints) {
      outcome.violations.push({ case: `${scenario.name}@${name}-${seed}`, what: complaint })
    }
  }
  return outcome
}

async function tryPlans(scenario: Scenario, plans: readonly CrashPlan[], calls: number): Promise<Outcome> {
  const outcome: Outcome = { what: scenario.name, tried: `${plans.length} ends, ${calls} calls`, violations: [] }
  for (const plan of plans) {
    const { complaints } = await runTrial(scenario, plan)
    const where = `${scenario.name}@${planText(plan)}`
    for (const what of complaints) outcome.violations.push({ case: where, what })
  }
  return outcome
}
