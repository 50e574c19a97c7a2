import { atLeast, atMost, type Benchmark, type Measurement, median, noted, percentile } from './benchmark.ts'
import { durableEventsOf } from './cluster/durable-events.ts'
import { readersBehind } from './cluster/reading.ts'
import { steer } from './cluster/steering.ts'
import { takeovers } from './cluster/takeover.ts'

/** One, two and four replicas on one Postgres, which is on the same machine. */
export const cluster: Benchmark = {
  name: 'cluster',
  async run() {
    const rates = [
      atLeast(`durable events, 100 concurrent runs, ${replicas(1)}`, await durableEventsOf(1), 10_000, 'events/s'),
    ]
    for (const count of [2, 4]) {
      rates.push(
        noted(`durable events, 100 concurrent runs, ${replicas(count)}`, await durableEventsOf(count), 'events/s'),
      )
    }
    const accepts: Measurement[] = []
    const stops: Measurement[] = []
    for (const count of [1, 2, 4]) {
      const { accepted, stopped } = await steer(count)
      accepts.push(noted(`input accepted through any of ${replicas(count)}, p50`, median(accepted), 'ms'))
      accepts.push(atMost(`input accepted through any of ${replicas(count)}, p99`, percentile(accepted, 99), 25, 'ms'))
      stops.push(
        count === 1
          ? noted('turn stopped, 1 replica, p99', percentile(stopped, 99), 'ms')
          : atMost(`turn stopped through another of ${replicas(count)}, p99`, percentile(stopped, 99), 100, 'ms'),
      )
    }
    const reads: Measurement[] = []
    const takes: Measurement[] = []
    for (const count of [2, 4]) {
      const lags = await readersBehind(count)
      reads.push(noted(`event behind its commit at another of ${replicas(count)}, p50`, median(lags), 'ms'))
      reads.push(
        atMost(`event behind its commit at another of ${replicas(count)}, p95`, percentile(lags, 95), 50, 'ms'),
      )
      const seconds = (await takeovers(count)).map((ms) => ms / 1000)
      takes.push(
        atMost(
          `next event of a run whose replica was killed, ${replicas(count)}, slowest`,
          Math.max(...seconds),
          10,
          's',
        ),
      )
    }
    return [...rates, ...accepts, ...stops, ...reads, ...takes]
  },
}

function replicas(count: number): string {
  return count === 1 ? '1 replica' : `${count} replicas`
}
