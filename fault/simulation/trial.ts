import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../apps/runtime/src/ground/clock.ts'
import type { Config } from '../../apps/runtime/src/ground/config/config.ts'
import { loadConfig } from '../../apps/runtime/src/ground/config/load.ts'
import { operatorLog } from '../../apps/runtime/src/ground/telemetry/operator-log.ts'
import { VirtualClock } from '../../apps/runtime/src/testing/virtual-clock.ts'
import { Random } from '../random.ts'
import { type Aftermath, readAftermath } from './aftermath.ts'
import { Client } from './client.ts'
import type { CrashPlan } from './crash-point.ts'
import { clientComplaints } from './invariants/client.ts'
import { logComplaints } from './invariants/log.ts'
import { requestComplaints } from './invariants/requests.ts'
import { rowComplaints } from './invariants/rows.ts'
import { toolComplaints } from './invariants/tools.ts'
import { usageComplaints } from './invariants/usage.ts'
import { type Process, type ProcessOptions, startProcess } from './process.ts'
import type { Scenario } from './scenario.ts'
import { startReplicas, startTwoHands } from './two-hands.ts'
import { World } from './world.ts'

export interface TrialResult {
  /** Calls of the store by each process, the last one up to the end of the scenario. */
  calls: number[]
  complaints: string[]
}

/** Plays a scenario while one process after the other dies as planned, and says what is wrong when it is over. */
export function runTrial(scenario: Scenario, plan: CrashPlan): Promise<TrialResult> {
  return play(scenario, (options, nth) => startProcess({ ...options, end: plan[nth] }))
}

/** Plays a scenario with two processes on one store, which take turns at every call of it as `seed` says. */
export function runTwoHanded(scenario: Scenario, seed: number): Promise<TrialResult> {
  const random = new Random(seed)
  return play(scenario, (options) => startTwoHands(options, random))
}

/** Plays a scenario with two replicas, as `seed` says: who is first, whether they hear of one another, and which one dies. */
export function runReplicas(scenario: Scenario, seed: number): Promise<TrialResult> {
  const random = new Random(seed)
  return play(scenario, (options) => startReplicas(options, random))
}

/** By then a replica that died has been replaced in everything it did. */
const takenOverMs = 40_000

type Launch = (options: Omit<ProcessOptions, 'end'>, nth: number) => Promise<Process>

async function play(scenario: Scenario, start: Launch): Promise<TrialResult> {
  const dataDir = mkdtempSync(join(fastDir, 'loomcycle-fault-'))
  const world = new World()
  const clock = new VirtualClock()
  const setup = scenario.setup()
  const config = await configIn(dataDir)
  const complaints: string[] = []
  const processes: Process[] = []
  // What the runtime complains about is a finding too, where nothing it relies on has failed.
  const telemetry = operatorLog({
    level: 'info',
    clock: systemClock,
    write: (line) => {
      if (processes.at(-1)?.ended === undefined) complaints.push(`the runtime reported: ${line}`)
    },
  })
  const launch = async () => {
    const process = await start({ dataDir, config, setup, world, clock, telemetry }, processes.length)
    processes.push(process)
    return process
  }
  const client = new Client({ world, clock, launch, first: await launch() })
  let calls: number[] = []
  try {
    await scenario.play(client)
    await client.rest()
    if (client.process.losses > 0) await client.later(takenOverMs)
    calls = processes.map((process) => process.calls)
    const after = await read(client)
    complaints.push(...check(after, client), ...scenario.complaints(after, client))
    await client.restart()
    complaints.push(...whatChanged(after, await read(client)))
  } catch (error) {
    complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    const states = (await read(client)).runs.map(
      ({ id, agent, status, phase }) => `${id} ${agent} ${status} ${phase ?? ''}`,
    )
    complaints.push(`runs: ${states.join('; ')}`)
  } finally {
    await client.leave()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { calls, complaints }
}

function check(after: Aftermath, client: Client): string[] {
  return [
    ...logComplaints(after),
    ...rowComplaints(after),
    ...usageComplaints(after),
    ...clientComplaints(after, client),
    ...toolComplaints(after, client.world),
    ...requestComplaints(client.world.requests),
  ]
}

/** What rests goes on resting: one more start finds nothing to do. */
function* whatChanged(before: Aftermath, now: Aftermath): Generator<string> {
  if (now.events.length !== before.events.length) {
    const [added] = now.events.slice(before.events.length)
    yield `a restart at rest added ${now.events.length - before.events.length} events, ${added?.type} first`
  }
  const state = ({ runs }: Aftermath) =>
    runs.map(({ id, status, phase }) => `${id} ${status} ${phase ?? ''}`).join('\n')
  if (state(before) !== state(now)) yield `a restart at rest changed runs from\n${state(before)}\nto\n${state(now)}`
}

function read(client: Client): Promise<Aftermath> {
  return readAftermath((sql) => client.process.rows(sql))
}

/** Nothing here outlives the machine, so a disk in memory does. */
const fastDir = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let config: Promise<Config> | undefined

async function configIn(dataDir: string): Promise<Config> {
  const env = { LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1', LOOMCYCLE_DATA_DIR: dataDir }
  config ??= loadConfig({ env, cwd: dataDir, services: [] })
  return config
}
