import { atLeast, type Benchmark, median } from './benchmark.ts'
import { busyAgent, loadRuntime } from './load.ts'

export const durableEvents: Benchmark = {
  name: 'durable-events',
  async run() {
    const agent = busyAgent(15, 16)
    const rates = []
    for (let i = 0; i < 3; i++) {
      const { events, seconds } = await loadRuntime(agent, 100, 100)
      rates.push(events / seconds)
    }
    return [atLeast('durable events, 100 concurrent runs', median(rates), 20_000, 'events/s')]
  },
}
