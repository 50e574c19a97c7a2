import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { buildApp } from './app.ts'
import { type Config, ConfigError } from './config/config.ts'
import { loadConfig } from './config/load.ts'
import { createContext } from './context.ts'
import { lockDataDir } from './db/data-dir-lock.ts'
import { NewerDatabaseError } from './db/migrator.ts'
import { openForWork } from './operations/pause.ts'
import { tryAddSample } from './sample/add-sample.ts'
import { VERSION } from './version.ts'

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const brokenDatabase = new Set([11, 26])

try {
  await serve(await loadConfig({ env: process.env, cwd: process.env.INIT_CWD ?? process.cwd() }))
} catch (error) {
  if (!(error instanceof ConfigError)) console.error(error)
  else console.error(`loomcycle: ${error.message}`)
  process.exit(1)
}

async function serve(config: Config) {
  for (const warning of config.warnings) console.warn(`loomcycle: ${warning}`)
  requireWritable(config.dataDir)
  const lock = takeLock(config.dataDir)
  if (!lock) {
    throw new ConfigError(
      `The data directory ${config.dataDir} is used by another loomcycle; stop that one or set LOOMCYCLE_DATA_DIR to another directory.`,
    )
  }
  const ctx = await open(config)
  for (const warning of ctx.warnings) console.warn(`loomcycle: ${warning}`)
  if (config.sample) await tryAddSample(ctx.documents)
  const app = await buildApp(ctx)
  await listen(app, config)
  const { port } = app.server.address() as { port: number }
  const { host } = config.listen
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  console.log(`loomcycle listening on http://${shown}:${port}`)
  await openForWork(ctx)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    // New runs are refused from here on; working ones come to a boundary, and the next process goes on with them.
    await ctx.engine.stop(config.timings.shutdownGrace)
    await app.close()
    await ctx.close()
    lock.release()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function takeLock(dataDir: string) {
  try {
    return lockDataDir(dataDir)
  } catch (error) {
    throw new ConfigError(
      `The data directory ${dataDir} cannot be locked (${(error as Error).message}); move its loomcycle.lock away, which holds nothing, and start again.`,
    )
  }
}

async function open(config: Config) {
  try {
    return await createContext({ config, version: VERSION })
  } catch (error) {
    if (error instanceof NewerDatabaseError) {
      throw new ConfigError(
        `The database in ${config.dataDir} was made by a newer loomcycle (${error.message}); start that one, or restore a backup from before it.`,
      )
    }
    const { code, errcode = 0, message } = error as NodeJS.ErrnoException & { errcode?: number }
    if (code !== 'ERR_SQLITE_ERROR') throw error
    const isBroken = brokenDatabase.has(errcode)
    throw new ConfigError(
      `The database in ${config.dataDir} cannot be opened (${message}); ${
        isBroken
          ? 'restore a backup of that directory, or move it away to start with an empty one.'
          : 'make sure that its disk has room and that loomcycle may write there, and start again.'
      }`,
    )
  }
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

function requireWritable(dir: string) {
  try {
    makeDir(dir)
    if (!statSync(dir).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    accessSync(dir, constants.W_OK)
  } catch (error) {
    throw new ConfigError(
      `The data directory ${dir} cannot be written (${(error as NodeJS.ErrnoException).code}); set LOOMCYCLE_DATA_DIR to one that can.`,
    )
  }
}

/** Step by step: Node's own recursive version never returns where the system says that a folder may not be made (/proc). */
function makeDir(dir: string) {
  if (existsSync(dir)) return
  makeDir(dirname(dir))
  mkdirSync(dir)
}
