import { type SharedDatabase, startDatabase, startReplica } from '../../e2e/fixtures/replica-process.ts'
import type { RuntimeOptions, RuntimeProcess } from '../../e2e/fixtures/runtime-process.ts'

export interface BenchCluster extends SharedDatabase {
  replicas: readonly RuntimeProcess[]
}

/** Replicas on a Postgres of their own, for as long as something is measured on them. */
export async function withReplicas<T>(
  count: number,
  options: RuntimeOptions,
  measure: (cluster: BenchCluster) => Promise<T>,
): Promise<T> {
  const database = await startDatabase()
  const replicas: RuntimeProcess[] = []
  try {
    for (let n = 1; n <= count; n++) replicas.push(await startReplica(database.dsn, `replica-${n}`, options))
    return await measure({ ...database, replicas })
  } finally {
    await Promise.all(replicas.map((replica) => replica.stop()))
    database.server.stop()
  }
}

/** Another one than this. */
export function otherThan<T>(items: readonly T[], one: T): T {
  const others = items.filter((item) => item !== one)
  return others[Math.floor(Math.random() * others.length)]!
}
