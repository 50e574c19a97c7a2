import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { buildApp } from '../app.ts'
import { openForWork } from '../areas/operations/pause.ts'
import { type AppContext, createContext } from '../context.ts'
import { type Clock, systemClock } from '../ground/clock.ts'
import type { AgentDefinition, Config } from '../ground/config/config.ts'
import { loadConfig } from '../ground/config/load.ts'
import { operatorLog } from '../ground/telemetry/operator-log.ts'
import type { Provider } from '../models/providers/provider.ts'
import { modelServices } from '../models/providers/registry.ts'
import { createScriptedProvider } from '../models/providers/scripted/index.ts'
import type { ScriptedModel } from '../models/providers/scripted/turn.ts'
import type { Tool } from '../tools/tool.ts'
import { agentsOfModels } from './agents-of-models.ts'
import { crashable } from './crashable-database.ts'
import { openTestDatabase, releaseTestDatabase } from './open-test-database.ts'

export interface TestRuntimeOptions {
  /** Each also becomes an agent of its name, with every tool and memory scope. */
  models?: Record<string, ScriptedModel>
  agents?: Record<string, Partial<AgentDefinition>>
  providers?: Provider[]
  /** Besides those there are. */
  tools?: Tool[]
  config?: Partial<Config>
  /** Settings, as an operator makes them. */
  env?: Record<string, string>
  clock?: Clock
  /** In place of the token's: who asks, whatever they show. */
  authenticate?: AppContext['authenticate']
}

export interface TestRuntime {
  url: string
  ctx: AppContext
  /** Structured lines of this process. */
  log: string[]
  /** What it told its operator, as lines of JSON. */
  said: string[]
  /** As if the process was killed: what is not on disk is gone, and nobody is told. */
  crash(): Promise<void>
  stop(): Promise<void>
  /** A new process over the same data. */
  restart(options?: Partial<TestRuntimeOptions>): Promise<TestRuntime>
}

/** The whole runtime over real HTTP and a real database; only the model is scripted. */
export async function startRuntime(options: TestRuntimeOptions = {}): Promise<TestRuntime> {
  const dataDir = mkdtempSync(join(tmpdir(), 'loomcycle-test-'))
  onTestFinished(async () => {
    await releaseTestDatabase(databaseFile(dataDir))
    rmSync(dataDir, { recursive: true, force: true })
  })
  return startIn(dataDir, options)
}

const databaseFile = (dataDir: string) => join(dataDir, 'loomcycle.db')

async function startIn(dataDir: string, options: TestRuntimeOptions): Promise<TestRuntime> {
  const clock = options.clock ?? systemClock
  const env = { ...quiet, ...options.env, LOOMCYCLE_DATA_DIR: dataDir }
  // Whether the web app has been built is no part of a test.
  const readConfig = async (): Promise<Config> => {
    const { uiDir: _, ...loaded } = await loadConfig({ env, cwd: dataDir, services: modelServices })
    const own = agentsOfModels(options.models ?? {}, options.agents)
    return { ...loaded, ...options.config, agents: { ...loaded.agents, ...own, ...options.config?.agents } }
  }
  const config = await readConfig()
  const scripted = createScriptedProvider({ clock, models: options.models ?? {} })
  const opened = crashable(await openTestDatabase(databaseFile(dataDir)))
  const log: string[] = []
  const said: string[] = []
  const ctx = await createContext({
    config,
    readConfig,
    version: 'test',
    clock,
    telemetry: operatorLog({ level: config.logLevel, clock, write: (line) => void said.push(line) }),
    database: opened.database,
    providers: new Map([scripted, ...(options.providers ?? [])].map((provider) => [provider.id, provider])),
    extraTools: options.tools ?? [],
    logLine: (line) => void log.push(line),
  })
  const app = await buildApp(options.authenticate ? { ...ctx, authenticate: options.authenticate } : ctx)
  await app.listen({ host: '127.0.0.1', port: 0 })
  await openForWork(ctx)
  const { port } = app.server.address() as { port: number }

  let over = false
  const runtime: TestRuntime = {
    url: `http://127.0.0.1:${port}`,
    ctx,
    log,
    said,
    async crash() {
      if (over) return
      over = true
      await opened.crash()
      ctx.presence?.abandon()
      ctx.engine.abandon()
      ctx.channels.stop()
      ctx.deadlines.stop()
      await app.close()
    },
    async stop() {
      if (over) return
      over = true
      await ctx.engine.stop(0)
      await app.close()
      await ctx.close()
    },
    async restart(changed = {}) {
      await runtime.stop()
      return startIn(dataDir, { ...options, ...changed })
    },
  }
  onTestFinished(() => runtime.stop())
  return runtime
}

/** Resolves once the log has an event of this type for the run. */
export function logged(runtime: TestRuntime, runId: string, type: string): Promise<void> {
  return new Promise((resolve) => {
    const unfollow = runtime.ctx.publisher.follow(runId, {
      onEvents(_frames, _head, rows) {
        if (!rows.some((row) => row.type === type)) return
        unfollow()
        resolve()
      },
    })
  })
}

/** No real services; what a test waits for comes at once. */
const quiet = {
  LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1',
  LOOMCYCLE_SSE_KEEPALIVE_MS: '0',
  LOOMCYCLE_DISCONNECT_GRACE_MS: '0',
}
