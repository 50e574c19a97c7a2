import { join } from 'node:path'
import { openForWork } from '../../apps/runtime/src/areas/operations/pause.ts'
import { type AppContext, createContext } from '../../apps/runtime/src/context.ts'
import type { Bus } from '../../apps/runtime/src/ground/bus.ts'
import type { AgentDefinition, Config } from '../../apps/runtime/src/ground/config/config.ts'
import { type Database, openDatabase } from '../../apps/runtime/src/ground/db/database.ts'
import { replicaTimeOf } from '../../apps/runtime/src/ground/replicas/replica-time.ts'
import type { Telemetry } from '../../apps/runtime/src/ground/telemetry/telemetry.ts'
import { createScriptedProvider } from '../../apps/runtime/src/models/providers/scripted/index.ts'
import type { ScriptedModel } from '../../apps/runtime/src/models/providers/scripted/turn.ts'
import { agentsOfModels } from '../../apps/runtime/src/testing/agents-of-models.ts'
import type { VirtualClock } from '../../apps/runtime/src/testing/virtual-clock.ts'
import type { CrashPoint } from './crash-point.ts'
import { DyingDatabase } from './dying-database.ts'
import type { World } from './world.ts'

export interface Setup {
  /** Models that are programs; each is also an agent of its name, with every tool and memory scope. */
  models: Record<string, ScriptedModel>
  agents?: Record<string, Partial<AgentDefinition>>
  config?: Partial<Config>
}

/** One process of the runtime over the data it was given, without its sockets. */
export interface Process {
  readonly ctx: AppContext
  /** What is on disk, also where the process that wrote it is dead. */
  rows<T>(sql: string): Promise<T[]>
  readonly calls: number
  readonly activity: number
  readonly isBusy: boolean
  /** How many processes it has lost: whoever asked one of them, or listened to it, turns to another. */
  readonly losses: number
  /** How it came to its end; undefined while it lives. */
  readonly ended: CrashPoint['when'] | undefined
  /** Has it stop in good order. */
  stop(): Promise<void>
  /** Leaves nothing of it but its data. */
  bury(): Promise<void>
}

export interface Beside {
  owner: string
  bus: Bus
  /** Open already, and closed by whoever opened it. */
  database: Database
  /** Waits before every call of the store, while others go on. */
  pace(): Promise<void>
  /** It makes known to the others that it is there, and they hear of its end. */
  isReplica: boolean
}

export interface ProcessOptions {
  dataDir: string
  config: Config
  setup: Setup
  world: World
  clock: VirtualClock
  end: CrashPoint | undefined
  /** Where another process uses the store as well. */
  beside?: Beside
  telemetry: Telemetry
}

export async function startProcess(options: ProcessOptions): Promise<Process> {
  const { dataDir, setup, world, end, beside } = options
  const time = options.clock.forProcess()
  let ended: CrashPoint['when'] | undefined
  const real = beside ? pacedDatabase(beside) : await openDatabase(join(dataDir, 'loomcycle.db'))
  const store = new DyingDatabase(real, end, (when) => {
    ended = when
    if (when !== 'stop') time.stop()
  })
  const isAlive = () => ended === undefined || ended === 'stop'
  const scripted = createScriptedProvider({ clock: time.clock, models: recorded(setup.models, world, isAlive) })
  const ctx = await createContext({
    config: { ...options.config, dataDir, agents: agentsOfModels(setup.models, setup.agents), ...setup.config },
    version: 'fault',
    telemetry: options.telemetry,
    clock: time.clock,
    database: store.database,
    providers: new Map([[scripted.id, scripted]]),
    extraTools: world.tools(isAlive),
    ...(beside ? { owner: beside.owner, bus: beside.bus } : {}),
    ...(beside?.isReplica ? { presence: { id: beside.owner, time: replicaTimeOf(time.clock) } } : {}),
  })
  openForWork(ctx).catch((error: unknown) => options.telemetry.log('error', 'opening for work', {}, error))
  return {
    ctx,
    rows: (sql) => real.all(sql, []),
    get calls() {
      return store.calls
    },
    get activity() {
      return store.activity
    },
    get isBusy() {
      return store.isBusy
    },
    losses: 0,
    get ended() {
      return ended
    },
    stop: () => ctx.engine.stop(0),
    async bury() {
      ctx.presence?.abandon()
      ctx.engine.abandon()
      time.stop()
      store.die()
      await store.close()
    },
  }
}

function pacedDatabase({ database, pace }: Beside): Database {
  // What one process writes is written in the order it was asked for.
  let turn = Promise.resolve()
  const inOrder = () => {
    turn = turn.then(pace)
    return turn
  }
  return {
    ...database,
    all: async (sql, parameters) => {
      await pace()
      return database.all(sql, parameters)
    },
    write: async (statements, onCommit) => {
      await inOrder()
      return database.write(statements, onCommit)
    },
    transaction: async (work) => {
      await inOrder()
      return database.transaction(work)
    },
    close: async () => {},
  }
}

/** Nobody is asked by a process that is no more. */
function recorded(models: Setup['models'], world: World, isAlive: () => boolean): Setup['models'] {
  return Object.fromEntries(
    Object.entries(models).map(([name, model]) => [
      name,
      async (request) => {
        if (!isAlive()) return new Promise<never>(() => {})
        world.asked(request)
        return model(request)
      },
    ]),
  )
}
