import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { openForWork } from '../areas/operations/pause.ts'
import { type AppContext, createContext } from '../context.ts'
import { Bus } from '../ground/bus.ts'
import type { Clock } from '../ground/clock.ts'
import type { AgentDefinition, Config } from '../ground/config/config.ts'
import { loadConfig } from '../ground/config/load.ts'
import { type Database, openDatabase } from '../ground/db/database.ts'
import { operator } from '../ground/identity/principal.ts'
import { replicaTimeOf } from '../ground/replicas/replica-time.ts'
import { StoreError } from '../ground/store-error.ts'
import { operatorLog } from '../ground/telemetry/operator-log.ts'
import { createScriptedProvider } from '../models/providers/scripted/index.ts'
import type { ScriptedModel } from '../models/providers/scripted/turn.ts'
import { callerFor, type OutsideCaller } from '../tools/caller.ts'
import type { Tool } from '../tools/tool.ts'
import { agentsOfModels } from './agents-of-models.ts'
import { VirtualClock } from './virtual-clock.ts'

export interface ReplicasOptions {
  models: Record<string, ScriptedModel>
  agents?: Record<string, Partial<AgentDefinition>>
  config?: Partial<Config>
  tools?: readonly Tool[]
  /** Whether they tell one another at once what is new; otherwise they have to look. */
  hints?: boolean
}

export interface Replica {
  ctx: AppContext
  /** What it told its operator, as lines of JSON. */
  said: string[]
  /** The store refuses whatever it asks from now on. */
  cut(): void
  heal(): void
  /** As if the process was killed. */
  kill(): void
  stop(): Promise<void>
}

export interface StartOptions {
  id?: string
  /** By so much is its clock wrong. */
  wrongBy?: number
}

/** Processes of the runtime on one store, in a time that passes as the test says. */
export async function onOneStore(options: ReplicasOptions) {
  const dataDir = mkdtempSync(join(tmpdir(), 'loomcycle-replicas-'))
  const db = await openDatabase(join(dataDir, 'loomcycle.db'))
  const time = new VirtualClock()
  const replicas: Replica[] = []
  /** Calls of the store that are under way. */
  const asking = { calls: 0 }
  const buses: Bus[] = []
  onTestFinished(async () => {
    for (const replica of replicas) replica.kill()
    await db.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const busOf = () => {
    const bus = new Bus()
    if (options.hints) {
      for (const other of buses) {
        other.relay((topic) => bus.hint(topic))
        bus.relay((topic) => other.hint(topic))
      }
    }
    buses.push(bus)
    return bus
  }
  const start = async ({ id, wrongBy = 0 }: StartOptions = {}): Promise<Replica> => {
    const own = time.forProcess()
    const clock: Clock = { now: () => own.clock.now() + wrongBy, after: own.clock.after }
    const store = cuttable(db, asking)
    const said: string[] = []
    const scripted = createScriptedProvider({ clock, models: options.models })
    const loaded = await loadConfig({ env: { LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1' }, cwd: dataDir, services: [] })
    const ctx = await createContext({
      config: { ...loaded, ...options.config, dataDir, agents: agentsOfModels(options.models, options.agents) },
      version: 'test',
      clock,
      telemetry: operatorLog({ level: 'info', clock, write: (line) => void said.push(line) }),
      database: store.database,
      providers: new Map([[scripted.id, scripted]]),
      extraTools: options.tools ?? [],
      bus: busOf(),
      presence: { ...(id === undefined ? {} : { id }), time: replicaTimeOf(own.clock) },
    })
    await openForWork(ctx)
    const replica: Replica = {
      ...{ ctx, said, cut: store.cut, heal: store.heal },
      kill() {
        store.die()
        own.stop()
        ctx.presence!.abandon()
        ctx.engine.abandon()
        ctx.channels.stop()
      },
      async stop() {
        await ctx.engine.stop(0)
        await ctx.close()
      },
    }
    replicas.push(replica)
    return replica
  }
  return {
    db,
    start,
    /** Looks until it is so, while time passes, for no longer than this many milliseconds of it. */
    async until(isSo: () => boolean | Promise<boolean>, withinMs = 0) {
      const end = time.now + withinMs
      do {
        for (let still = 0; still < stillTurns; still = asking.calls > 0 ? 0 : still + 1) {
          if (await isSo()) return
          await setImmediate()
        }
      } while (time.fireNext(end))
      throw new Error(`it did not come to that within ${withinMs} ms`)
    },
    /** Lets so much time pass. */
    async pass(ms: number) {
      const end = time.now + ms
      do {
        for (let still = 0; still < stillTurns; still = asking.calls > 0 ? 0 : still + 1) await setImmediate()
      } while (time.fireNext(end))
      time.moveTo(end)
    },
  }
}

/** Turns of the event loop in which everything that was begun has come to rest. */
const stillTurns = 30

function cuttable(db: Database, asking: { calls: number }) {
  let state: 'there' | 'cut' | 'dead' = 'there'
  const asked = <A extends unknown[], T>(ask: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      if (state === 'cut') throw new StoreError('the store is away', 'Try again.')
      if (state === 'dead') return new Promise<never>(() => {})
      asking.calls++
      const result = await ask(...args).finally(() => asking.calls--)
      return (state as string) === 'dead' ? new Promise<never>(() => {}) : result
    }
  }
  const database: Database = {
    ...db,
    all: (sql, parameters) => asked(() => db.all<never>(sql, parameters))(),
    write: asked((statements, onCommit, options) =>
      db.write(statements, () => void (state !== 'dead' && onCommit?.()), options),
    ),
    transaction: (work) => asked(() => db.transaction(work))(),
    close: async () => {},
  }
  return {
    database,
    cut: () => void (state = 'cut'),
    heal: () => void (state = 'there'),
    die: () => void (state = 'dead'),
  }
}

export function anyone(): OutsideCaller {
  return callerFor({ ...operator, open: true }, 'api', new AbortController().signal)
}
