import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../../apps/runtime/src/testing/postgres/ask.ts'
import { startServer } from '../../apps/runtime/src/testing/postgres/start-server.ts'
import { type RuntimeProcess, startRuntime } from '../../e2e/fixtures/runtime-process.ts'

export interface Cluster {
  /** Of the balancer. */
  url: string
  replicas: { one: RuntimeProcess; two: RuntimeProcess }
}

/** What `compose.yaml` starts, as processes of this machine. Everything that was started is ended with `work`. */
export async function withCluster(work: (cluster: Cluster) => Promise<void>): Promise<void> {
  const ends: (() => unknown)[] = []
  try {
    await work(await start(ends))
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function start(ends: (() => unknown)[]): Promise<Cluster> {
  const server = startServer()
  ends.push(() => server.stop())
  await ask(server.url, 'create role loomcycle login', 'create database loomcycle owner loomcycle')
  const [, folder] = /^socket:(.*)\?/.exec(server.url)!
  const dsn = `postgres://loomcycle@localhost/loomcycle?host=${folder}`
  const replicaCalled = async (name: string) => {
    const replica = await startRuntime({
      env: {
        LOOMCYCLE_STORAGE_BACKEND: 'postgres',
        LOOMCYCLE_PG_DSN: dsn,
        LOOMCYCLE_PG_AUTOMIGRATE: '1',
        LOOMCYCLE_REPLICA_ID: name,
      },
    })
    ends.push(() => replica.stop())
    return replica
  }
  const [one, two] = await Promise.all([replicaCalled('one'), replicaCalled('two')])
  const address = `127.0.0.1:${await freePort()}`
  const balancer = startHaproxy({
    BALANCER_ADDR: address,
    REPLICA_ONE: new URL(one.url).host,
    REPLICA_TWO: new URL(two.url).host,
  })
  ends.push(() => end(balancer))
  const url = `http://${address}`
  await inService(url, balancer)
  return { url, replicas: { one, two } }
}

/** Debian has it where only administrators look. */
const path = { PATH: `${process.env.PATH}:/usr/sbin` }

export function hasHaproxy(): boolean {
  return spawnSync('haproxy', ['-v'], { env: path, stdio: 'ignore' }).status === 0
}

function startHaproxy(addresses: Record<string, string>): ChildProcess {
  const file = join(import.meta.dirname, 'haproxy.cfg')
  return spawn('haproxy', ['-db', '-f', file], { env: { ...path, ...addresses }, stdio: 'inherit' })
}

async function inService(url: string, balancer: ChildProcess) {
  while (!(await fetch(`${url}/healthz`).catch(() => undefined))?.ok) {
    if (balancer.exitCode !== null) throw new Error(`haproxy ended with ${balancer.exitCode}`)
    await sleep(100)
  }
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
