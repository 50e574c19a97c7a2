import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark } from './benchmark.ts'
import { readStream } from './stream.ts'

const runs = 500
const probe = join(import.meta.dirname, 'loop-delay-probe.mjs')

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
      env: { NODE_OPTIONS: `--import ${pathToFileURL(probe).href}` },
    })
    try {
      const body = { agent: 'talker', prompt: 'Go' }
      await Promise.all(
        Array.from({ length: runs }, () => readStream({ url: `${runtime.url}/v1/runs`, method: 'POST', body })),
      )
      const delay = JSON.parse(readFileSync(join(runtime.dataDir, 'loop-delay.json'), 'utf8'))
      return [atMost(`event-loop delay under ${runs} concurrent runs, p99`, delay.p99, 20, 'ms')]
    } finally {
      await runtime.stop()
    }
  },
}
