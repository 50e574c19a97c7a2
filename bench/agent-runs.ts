import { atLeast, type Benchmark, median } from './benchmark.ts'
import { busyAgent, loadRuntime } from './load.ts'

const turns = 7
const callsPerTurn = 1

export const agentRuns: Benchmark = {
  name: 'agent-runs',
  async run() {
    const agent = busyAgent(turns, callsPerTurn)
    const loads = []
    for (let i = 0; i < 3; i++) loads.push(await loadRuntime(agent, 600, 100))
    const events = Math.round((loads[0]?.events ?? 0) / (loads[0]?.runs ?? 1))
    const rate = median(loads.map(({ runs, seconds }) => runs / seconds))
    return [atLeast(`agent runs over HTTP, 100 at once × ${events} events`, rate, 400, 'runs/s')]
  },
}
