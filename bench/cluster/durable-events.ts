import { ask } from '../../apps/runtime/src/testing/postgres/ask.ts'
import { median } from '../benchmark.ts'
import { busyAgent, runBusy } from '../load.ts'
import { withReplicas } from './cluster.ts'

const rounds = 3
const runs = 100

/** Events a second that are on disk, of so many runs at once over all replicas. */
export function durableEventsOf(count: number): Promise<number> {
  return withReplicas(count, busyAgent(15, 16), async ({ dsn, replicas }) => {
    const urls = replicas.map(({ url }) => url)
    const countEvents = async () => {
      const [row] = await ask<{ count: string }>(dsn, 'select count(*) as count from events')
      return Number(row!.count)
    }
    await runBusy(urls, runs, runs)
    const rates: number[] = []
    for (let round = 0; round < rounds; round++) {
      const before = await countEvents()
      const started = performance.now()
      await runBusy(urls, runs, runs)
      const seconds = (performance.now() - started) / 1000
      rates.push(((await countEvents()) - before) / seconds)
    }
    return median(rates)
  })
}
