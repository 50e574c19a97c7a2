import { setTimeout as sleep } from 'node:timers/promises'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median } from './benchmark.ts'
import { residentMiB } from './resident.ts'
import { readStream } from './stream.ts'

const starts = 11

export const startUp: Benchmark = {
  name: 'start-up',
  async run() {
    const times: number[] = []
    const memory: number[] = []
    for (let i = 0; i < starts; i++) {
      const before = performance.now()
      const runtime = await startRuntime()
      await readStream({ url: `${runtime.url}/healthz` })
      times.push(performance.now() - before)
      await sleep(1000)
      memory.push(residentMiB(runtime.pid))
      await runtime.stop()
    }
    return [
      atMost('process start to an answer from /healthz, new database', median(times), 500, 'ms'),
      atMost('idle memory (RSS)', median(memory), 90, 'MB'),
    ]
  },
}
