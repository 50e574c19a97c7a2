import { openPostgres } from '../../apps/runtime/src/ground/db/postgres/postgres-database.ts'
import { ask } from '../../apps/runtime/src/testing/postgres/ask.ts'
import { CuttingProxy } from '../../apps/runtime/src/testing/postgres/cutting-proxy.ts'
import type { Server } from '../../apps/runtime/src/testing/postgres/start-server.ts'
import { startDatabase, startReplica } from '../../e2e/fixtures/replica-process.ts'
import type { RuntimeOptions, RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'
import type { Random } from '../random.ts'
import { type Aftermath, readAftermath } from '../simulation/aftermath.ts'
import { Balancer } from './balancer.ts'

export interface Replica {
  name: string
  process: RuntimeProcess
  /** Between it and the database. */
  way: CuttingProxy
}

/** By how much the clocks of replicas differ from this machine's. */
const clocks = [0, 10 * 60_000, -10 * 60_000]

/** Replicas on one Postgres, behind a balancer that hands every request to any of them. */
export class Cluster {
  readonly server: Server
  readonly replicas: readonly Replica[]
  readonly balancer: Balancer
  readonly #dsn: string

  private constructor(server: Server, dsn: string, replicas: readonly Replica[], balancer: Balancer) {
    this.server = server
    this.#dsn = dsn
    this.replicas = replicas
    this.balancer = balancer
  }

  static async start(options: RuntimeOptions, random: Random): Promise<Cluster> {
    const { server, dsn } = await startDatabase()
    const replicas: Replica[] = []
    for (const [at, skewMs] of clocks.entries()) {
      const { proxy, url } = await CuttingProxy.before(dsn)
      const name = `replica-${at + 1}`
      const env = { ...options.env, ...(skewMs ? { NODE_OPTIONS: `--import ${skewed(skewMs)}` } : {}) }
      const process = await startReplica(url, name, { ...options, env })
      replicas.push({ name, process, way: proxy })
    }
    const urls = replicas.map(({ process }) => process.url)
    return new Cluster(server, dsn, replicas, await Balancer.over(urls, random))
  }

  async aftermath(): Promise<Aftermath> {
    const db = await openPostgres({ dsn: this.#dsn })
    try {
      return await readAftermath(<T>(sql: string) => db.all<T>(sql, []))
    } finally {
      await db.close()
    }
  }

  /** Whether a run is near the number of tries after which it is given up. */
  async hasTried(tries: number): Promise<boolean> {
    const rows = await ask(
      this.#dsn,
      `select 1 from runs where status = 'running' and phase in ('queued', 'working') and tries >= ${tries}`,
    )
    return rows.length > 0
  }

  async stop() {
    this.balancer.close()
    await Promise.all(this.replicas.map(({ process }) => process.stop()))
    for (const { way } of this.replicas) way.close()
    this.server.stop()
  }
}

/** A module that sets the clock of a process. */
function skewed(byMs: number): string {
  const source = `
    const now = Date.now
    Date.now = () => now() + ${byMs}
    const Real = Date
    globalThis.Date = class extends Real {
      constructor(...given) { given.length ? super(...given) : super(Real.now()) }
    }`
  return `data:text/javascript,${encodeURIComponent(source)}`
}
