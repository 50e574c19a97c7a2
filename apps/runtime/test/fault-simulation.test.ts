import { describe, expect, it } from 'vitest'
import { Random } from '../../../fault/random.ts'
import type { CrashPlan } from '../../../fault/simulation/crash-point.ts'
import { countCalls, everyPoint, randomPlans } from '../../../fault/simulation/index.ts'
import type { Scenario } from '../../../fault/simulation/scenario.ts'
import { scenarios } from '../../../fault/simulation/scenarios/index.ts'
import { runReplicas, runTrial, runTwoHanded } from '../../../fault/simulation/trial.ts'

const named = (name: string) => scenarios.find((scenario) => scenario.name === name)!

async function expectSameEnd(scenario: Scenario, plans: readonly CrashPlan[]) {
  for (const plan of plans) {
    const { complaints } = await runTrial(scenario, plan)
    expect({ plan, complaints }).toEqual({ plan, complaints: [] })
  }
}

describe('wherever the process dies', { timeout: 60_000 }, () => {
  it.each(scenarios.map(({ name }) => name))(
    '%s comes to the same end (a sample; `pnpm fault` tries all)',
    async (name) => {
      const scenario = named(name)
      const random = new Random(7)
      const calls = await countCalls(scenario)
      const points = everyPoint(calls)
      const sample = Array.from({ length: 4 }, () => points[random.between(0, points.length - 1)]!)
      await expectSameEnd(scenario, [[], ...sample, ...randomPlans(random, calls, 2)])
    },
  )

  const afterEveryCall = async (name: string) => {
    const points = everyPoint(await countCalls(named(name)))
    await expectSameEnd(
      named(name),
      points.filter(([point]) => point?.when === 'after'),
    )
  }

  it('a call that had not yet made its runs makes them', () => afterEveryCall('spawn'))
  it('a run that has fallen back stays with what it has', () => afterEveryCall('provider-fallback'))
  it('the children of a run that was ended end too', () => afterEveryCall('cancel-cascade'))
  it('half a turn that failed is not taken for a whole one', () => afterEveryCall('provider-failure'))
  it('a turn can be stopped as soon as there is a process again', () => afterEveryCall('turn-cancel-in-speech'))
})

describe('two processes on one store, whoever is faster', { timeout: 60_000 }, () => {
  it.each(scenarios.map(({ name }) => name))('%s comes to the same end', async (name) => {
    for (const seed of [1, 2, 3]) {
      const { complaints } = await runTwoHanded(named(name), seed)
      expect({ seed, complaints }).toEqual({ seed, complaints: [] })
    }
  })
})

describe('two replicas, of which one may die and both may hear nothing of the other', { timeout: 60_000 }, () => {
  it.each(scenarios.map(({ name }) => name))('%s comes to the same end', async (name) => {
    for (const seed of [1, 2, 3]) {
      const { complaints } = await runReplicas(named(name), seed)
      expect({ seed, complaints }).toEqual({ seed, complaints: [] })
    }
  })
})

describe('a turn that is stopped', () => {
  it('while its run is just going to wait for an answer, does not wait', () => {
    return expectSameEnd(named('ask-cancelled'), [[]])
  })
})
