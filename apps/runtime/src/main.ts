import { RuntimeError } from '@loomcycle/proto'
import { buildApp } from './app.ts'
import { openForWork } from './areas/operations/pause.ts'
import { tellOfStore } from './areas/operations/tell-of-store.ts'
import { tryAddSample } from './areas/sample/add-sample.ts'
import { readCommandLine, usage } from './command-line.ts'
import { createContext } from './context.ts'
import { databaseRefusal, takeDataDir } from './data-dir.ts'
import { systemClock } from './ground/clock.ts'
import { type Config, ConfigError } from './ground/config/config.ts'
import { loadConfig } from './ground/config/load.ts'
import { StoreError } from './ground/store-error.ts'
import { operatorLog } from './ground/telemetry/operator-log.ts'
import { report } from './ground/telemetry/telemetry.ts'
import { runMigrate } from './migrate.ts'
import { modelServices } from './models/providers/registry.ts'
import { missingTools } from './tools/policy.ts'
import { toolNames } from './tools/tool-names.ts'
import { VERSION } from './version.ts'

process.on('unhandledRejection', (error) => {
  // It may fail in the middle of anything, and is told of once; whatever else nobody expected ends the process.
  if (!(error instanceof StoreError)) throw error
})

const cwd = process.env.INIT_CWD ?? process.cwd()
const asked = readCommandLine(process.argv.slice(2), process.env)
if (!asked) {
  console.error(usage)
  process.exit(2)
}
const told = { env: asked.env, cwd, services: modelServices }
const config = await loadConfig(told).catch(refuse)
if (asked.command === 'validate') {
  const missing = Object.values(config.agents).flatMap((agent) => missingTools(agent, toolNames(config)))
  for (const sentence of [...config.overrides, ...config.warnings, ...missing]) console.log(sentence)
  console.log(`The configuration can be started with: ${Object.keys(config.agents).length} agents.`)
  process.exit(0)
}
const refuseStore = (error: unknown) => refuse(databaseRefusal(error, config))
if (asked.command !== 'serve') {
  const isUpToDate = await runMigrate(asked.command, config, console.log).catch(refuseStore)
  process.exit(isUpToDate ? 0 : 1)
}
await serve(config).catch(refuseStore)

function refuse(error: unknown): never {
  console.error(error instanceof ConfigError ? `loomcycle: ${error.message}` : error)
  process.exit(1)
}

async function serve(config: Config) {
  const telemetry = operatorLog({ level: config.logLevel, clock: systemClock })
  for (const warning of config.warnings) telemetry.log('warn', warning)
  for (const override of config.overrides) telemetry.log('info', override)
  const lock = takeDataDir(config)
  const ctx = await createContext({
    config,
    readConfig: () => loadConfig({ ...told, providers: config.providers }),
    version: VERSION,
    telemetry,
    guards: [lock.guard],
  })
  // A full or read-only disk may open and be read like any other.
  await ctx.db.proveWritable()
  for (const warning of ctx.warnings) telemetry.log('warn', warning)
  if (config.sample && (await ctx.chores.isOurs('sample'))) await tryAddSample(ctx.documents, telemetry)
  const app = await buildApp(ctx)
  await listen(app, config)
  await openForWork(ctx)
  const { port } = app.server.address() as { port: number }
  const { host } = config.listen
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  console.log(`loomcycle listening on http://${shown}:${port}`)
  tellOfStore(ctx.db.health, telemetry)
  ctx.db.checkIntegrity()

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    try {
      // New runs are refused from here on; working ones come to a boundary, and the next process goes on with them.
      await ctx.engine.stop(config.timings.shutdownGrace)
      await app.close()
      await ctx.close()
      lock.release()
    } catch (error) {
      report(telemetry, 'the end was not a clean one', error)
      process.exit(1)
    }
  }
  process.on('SIGHUP', () => {
    ctx.reload().catch((error: unknown) => {
      if (!(error instanceof RuntimeError)) report(telemetry, 'the configuration was not read again', error)
    })
  })
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, { listen: { host, port } }: Config) {
  try {
    // The usual 511 would turn connections away when many agents are started at once.
    await app.listen({ host, port, backlog: 4096 })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new ConfigError(
        `Port ${port} on ${host} is in use; stop what uses it or set LOOMCYCLE_LISTEN_ADDR to another address.`,
      )
    }
    throw new ConfigError(
      `Cannot listen on ${host}:${port} (${message}); set LOOMCYCLE_LISTEN_ADDR to an address of this machine.`,
    )
  }
}
