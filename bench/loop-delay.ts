import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { askLoopDelay, measuringLoopDelay } from './asked-loop-delay.ts'
import { atMost, type Benchmark } from './benchmark.ts'
import { readStream } from './stream.ts'

const runs = 500

/** Whether everybody is still served while very many runs stream. */
export const loopDelay: Benchmark = {
  name: 'loop-delay',
  async run() {
    const turn = { text: 'A word and another. '.repeat(40), pace: { chunk_chars: 20, delay_ms: 100 } }
    const runtime = await startRuntime({
      config: {
        concurrency: { max_concurrent_runs: runs },
        agents: { talker: { provider: 'scripted', model: 'talker' } },
      },
      scripts: { talker: { scenes: [{ turns: [turn] }] } },
      env: measuringLoopDelay,
    })
    try {
      // Starting up is not what is measured.
      await askLoopDelay(runtime)
      const body = { agent: 'talker', prompt: 'Go' }
      await Promise.all(
        Array.from({ length: runs }, () => readStream({ url: `${runtime.url}/v1/runs`, method: 'POST', body })),
      )
      const delay = await askLoopDelay(runtime)
      return [atMost(`event-loop delay under ${runs} concurrent runs, p99`, delay.p99, 20, 'ms')]
    } finally {
      await runtime.stop()
    }
  },
}
