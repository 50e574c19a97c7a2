import { setTimeout as sleep } from 'node:timers/promises'
import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Fault } from '../fault.ts'
import { Operator } from '../operator.ts'
import { Random } from '../random.ts'
import { aftermathOf, textOf } from './afterwards.ts'
import { busyAgents } from './agents.ts'
import { killComplaints, unknownOutcomes } from './complaints.ts'
import { errands } from './errands.ts'
import { killRepeatedly } from './kill-repeatedly.ts'

const usualKills = 200
const operatorsAtOnce = 6

/** The real process is killed again and again while people use it, and comes back over the same data. */
export const kill: Fault = {
  name: 'kill',
  async run({ seed, count = usualKills }) {
    const runtime = await startRuntime(busyAgents)
    try {
      const operators = Array.from({ length: operatorsAtOnce }, () => new Operator(runtime.url))
      const over = new AbortController()
      const atWork = operators.map((operator, at) => work(operator, `${at}`, new Random(seed + at), over.signal))
      const complaints: string[] = []
      const all = Promise.all(atWork).catch((error: unknown) => {
        complaints.push(`somebody gave up: ${textOf(error)}`)
        over.abort()
      })
      const kills = await killRepeatedly(runtime, new Random(seed), count, { over: over.signal })
      over.abort()
      await all
      await sleep(quietMs)
      const after = await aftermathOf(runtime)
      complaints.push(...killComplaints(after, operators))
      const output = runtime.output().trim().split('\n').slice(1).join('\n')
      if (output) complaints.push(`the last process said: ${output}`)
      const tried = `${kills} kills, ${after.runs.length} runs, ${after.events.length} events, ${unknownOutcomes(after)} outcomes unknown`
      return [{ what: 'kill −9', tried, violations: complaints.map((what) => ({ case: 'kill', what })) }]
    } finally {
      await runtime.stop()
    }
  },
}

const quietMs = 500

async function work(operator: Operator, name: string, random: Random, over: AbortSignal): Promise<void> {
  for (let n = 1; !over.aborted; n++) await random.pick(errands)(operator, `${name}-${n}`, random)
}
