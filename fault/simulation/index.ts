import type { Fault, Outcome } from '../fault.ts'
import { Random } from '../random.ts'
import { type CrashPlan, moments, planText, readPlan } from './crash-point.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'
import { runTrial } from './trial.ts'

const randomPlansPerScenario = 40

/** Every scenario, with the process dying at every call it makes of its store, and again and again at random ones. */
export const simulation: Fault = {
  name: 'simulation',
  async run({ seed, only, count = randomPlansPerScenario }) {
    const [name, plan] = only?.split('@') ?? []
    const chosen = scenarios.filter((scenario) => name === undefined || scenario.name === name)
    const outcomes: Outcome[] = []
    for (const scenario of chosen) {
      if (plan !== undefined) outcomes.push(await tryPlans(scenario, [readPlan(plan)], 0))
      else {
        const calls = await countCalls(scenario)
        const plans = [[], ...everyPoint(calls), ...randomPlans(new Random(seed), calls, count)]
        outcomes.push(await tryPlans(scenario, plans, calls))
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

async function tryPlans(scenario: Scenario, plans: readonly CrashPlan[], calls: number): Promise<Outcome> {
  const outcome: Outcome = { what: scenario.name, tried: `${plans.length} ends, ${calls} calls`, violations: [] }
  for (const plan of plans) {
    const { complaints } = await runTrial(scenario, plan)
    const where = `${scenario.name}@${planText(plan)}`
    for (const what of complaints) outcome.violations.push({ case: where, what })
  }
  return outcome
}
