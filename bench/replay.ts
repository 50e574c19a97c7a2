import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median } from './benchmark.ts'
import { busyAgent } from './load.ts'
import { readStream } from './stream.ts'

const turns = 50
const callsPerTurn = 100
const readings = 11

export const replay: Benchmark = {
  name: 'replay',
  async run() {
    const runtime = await startRuntime(busyAgent(turns, callsPerTurn))
    try {
      const body = { agent: 'busy', prompt: 'Go' }
      const { text } = await readStream({ url: `${runtime.url}/v1/runs`, method: 'POST', body })
      const runId = /"run_id":"(r_\w+)"/.exec(text)?.[1]
      const times: number[] = []
      let events = 0
      for (let i = 0; i < readings; i++) {
        const read = await readStream({ url: `${runtime.url}/v1/runs/${runId}/stream` })
        events = read.text.match(/^id: /gm)?.length ?? 0
        times.push(read.endedAfter)
      }
      return [atMost(`replay of ${events} events on re-attach`, (median(times) * 10_000) / events, 150, 'ms / 10 000')]
    } finally {
      await runtime.stop()
    }
  },
}
