import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Cluster, Replica } from './cluster.ts'

/** Does something to one of the replicas or to their database, and is over when that is as it was. */
export type Disturbance = (cluster: Cluster, replica: Replica, random: Random) => Promise<void>

const kill: Disturbance = async (_, { process }) => {
  await process.kill()
  await process.restart()
}

/** Stopped for longer than others wait for it, or shorter. */
const stop: Disturbance = async (_, { process: { pid } }, random) => {
  process.kill(pid, 'SIGSTOP')
  await sleep(random.between(200, 9_000))
  process.kill(pid, 'SIGCONT')
}

const restart: Disturbance = (_, { process }) => process.restart()

const cut: Disturbance = async (_, { way }, random) => {
  way.isShut = true
  way.cutAll()
  await sleep(random.between(100, 8_000))
  way.isShut = false
}

/** What one says of a commit that has happened does not arrive, or one that has not. */
const cutInCommit: Disturbance = async (_, { way }, random) => {
  way.cut = random.pick(['commit-lost', 'commit-unheard'])
  await sleep(200)
}

const halt: Disturbance = async ({ server }, _, random) => {
  server.halt(random.pick(['immediate', 'fast']))
  await sleep(random.between(0, 2_000))
  server.start()
}

export const disturbances: Readonly<Record<string, { often: number; disturb: Disturbance }>> = {
  killed: { often: 8, disturb: kill },
  stopped: { often: 4, disturb: stop },
  restarted: { often: 1, disturb: restart },
  'cut off': { often: 2, disturb: cut },
  'cut off in a commit': { often: 4, disturb: cutInCommit },
  'database ended': { often: 1, disturb: halt },
}
