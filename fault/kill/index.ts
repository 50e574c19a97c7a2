import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { mostTries } from '../../apps/runtime/src/engine/work/giving-up.ts'
import { type RuntimeProcess, startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import type { Fault } from '../fault.ts'
import { Operator } from '../operator.ts'
import { Random } from '../random.ts'
import { type Aftermath, readAftermath } from '../simulation/aftermath.ts'
import { busyAgents } from './agents.ts'
import { killComplaints, unknownOutcomes } from './complaints.ts'
import { errands } from './errands.ts'

const usualKills = 200
const operatorsAtOnce = 6
const shortestLifeMs = 20
const longestLifeMs = 700
const lookAgainMs = 50
/** A run is given up when it is taken up `mostTries` times without getting anywhere: near that, its process lives on. */
const tooManyTries = mostTries - 2

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
      const kills = await killRepeatedly(runtime, new Random(seed), count, over.signal)
      over.abort()
      await all
      await sleep(quietMs)
      const after = await read(runtime)
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

async function killRepeatedly(runtime: RuntimeProcess, random: Random, count: number, over: AbortSignal) {
  let kills = 0
  while (kills < count && !over.aborted) {
    await sleep(random.between(shortestLifeMs, longestLifeMs))
    while (!over.aborted && isNearItsEnd(runtime)) await sleep(lookAgainMs)
    await runtime.kill()
    await runtime.restart()
    kills++
    if (kills % 50 === 0) console.log(`  ${kills} kills`)
  }
  return kills
}

function isNearItsEnd(runtime: RuntimeProcess): boolean {
  using db = open(runtime)
  const sql = "select 1 from runs where status = 'running' and phase in ('queued', 'working') and tries >= ?"
  return db.prepare(sql).get(tooManyTries) !== undefined
}

async function read(runtime: RuntimeProcess): Promise<Aftermath> {
  using db = open(runtime)
  return await readAftermath(async <T>(sql: string) => db.prepare(sql).all() as T[])
}

function open({ dataDir }: RuntimeProcess): DatabaseSync {
  return new DatabaseSync(join(dataDir, 'loomcycle.db'), { readOnly: true, timeout: 5000 })
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? (error.stack ?? error.message) : `${error.stack}\n${textOf(error.cause)}`
}
