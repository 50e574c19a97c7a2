import { join } from 'node:path'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config/config.ts'
import { createRedactor, redactJson } from './config/redactor.ts'
import { type Database, openDatabase } from './db/database.ts'
import { type Authenticate, authenticator } from './http/auth.ts'
import { Publisher } from './log/publisher.ts'
import { SessionLog } from './log/session-log.ts'
import type { LoopDependencies } from './loop/working-run.ts'
import type { Provider } from './providers/provider.ts'
import { createProviders } from './providers/registry.ts'
import { modelResolver, type ResolveModel } from './providers/resolve.ts'
import { demo } from './providers/scripted/demo.ts'
import { createScriptedProvider } from './providers/scripted/index.ts'
import { scriptedModel } from './providers/scripted/script-file.ts'
import { Engine } from './runs/engine.ts'
import { loadRun } from './runs/load-run.ts'
import { toolsFor } from './tools/policy.ts'
import { createTools } from './tools/registry.ts'
import type { Tool } from './tools/tool.ts'

export interface AppContext {
  version: string
  config: Config
  clock: Clock
  db: Database
  publisher: Publisher
  engine: Engine
  authenticate: Authenticate
  resolveModel: ResolveModel
  /** For whoever is about to write to a session; one at a time. */
  openLog(of: { tenantId: string; sessionId: string }): SessionLog
  close(): Promise<void>
}

export interface ContextOptions {
  config: Config
  version: string
  clock?: Clock
  /** In place of the configured ones. */
  providers?: ReadonlyMap<string, Provider>
  /** Already open, in place of the one in the data directory. */
  database?: Database
  extraTools?: readonly Tool[]
}

/** Makes everything and connects it; the only place that does. */
export async function createContext({
  config,
  version,
  clock = systemClock,
  providers,
  database,
  extraTools = [],
}: ContextOptions): Promise<AppContext> {
  const db = database ?? (await openDatabase(join(config.dataDir, 'loomcycle.db')))
  const publisher = new Publisher()
  const redactText = createRedactor(config.secrets)
  const loop: LoopDependencies = {
    db,
    clock,
    config,
    redact: { text: redactText, json: (value) => redactJson(value, redactText) },
  }
  const tools = createTools(
    { db, clock, limits: config.limits, listAgents: () => Object.values(config.agents) },
    extraTools,
  )
  const resolveModel = modelResolver(config, providers ?? allProviders(config, clock))
  const openLog = ({ tenantId, sessionId }: { tenantId: string; sessionId: string }) =>
    new SessionLog({ db, clock, publisher, tenantId, sessionId })
  const engine = new Engine({
    db,
    clock,
    openLog,
    load: (record) =>
      loadRun(record, {
        loop,
        openLog,
        resolveModel,
        toolsFor: (agent, narrowing) => toolsFor(agent, tools, narrowing),
      }),
    disconnectGraceMs: config.timings.disconnectGrace,
    report: (error, runId) => console.error(`run ${runId}:`, error),
  })
  return {
    version,
    config,
    clock,
    db,
    publisher,
    engine,
    resolveModel,
    openLog,
    authenticate: authenticator(config.authToken),
    close: () => db.close(),
  }
}

function allProviders(config: Config, clock: Clock): ReadonlyMap<string, Provider> {
  const providers = createProviders(config.providers, {
    clock,
    headerTimeoutMs: config.timings.providerHeaderTimeout,
    idleTimeoutMs: config.timings.providerIdleTimeout,
  })
  const scripts = Object.entries(config.scripts).map(([name, script]) => [name, scriptedModel(script)] as const)
  const scripted = createScriptedProvider({ clock, models: { ...Object.fromEntries(scripts), demo } })
  return providers.set(scripted.id, scripted)
}
