import { anthropicText, startFakeUpstream } from '../apps/runtime/src/testing/fake-upstream.ts'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median, percentile } from './benchmark.ts'
import { openConversation } from './conversation.ts'
import { post } from './stream.ts'

const warmUps = 20
const rounds = 300

const config = { agents: { bench: { provider: 'anthropic', model: 'claude-bench' } } }

/** Speaks to a parked run: how long until that is on disk, and until the model hears of it. */
export const steering: Benchmark = {
  name: 'steering',
  async run() {
    let heard: (at: number) => void = () => {}
    const upstream = await startFakeUpstream({
      script: () => {
        heard(performance.now())
        return anthropicText(['ok'])
      },
    })
    const env = { ANTHROPIC_API_KEY: 'bench-key', ANTHROPIC_BASE_URL: upstream.url }
    const runtime = await startRuntime({ config, env })
    try {
      const accepted: number[] = []
      const asked: number[] = []
      for (let i = 0; i < warmUps + rounds; i++) {
        // A conversation of its own every so often: what is measured is not the length of the history.
        const talk = await openConversation(runtime.url, 'bench')
        const atModel = new Promise<number>((resolve) => {
          heard = resolve
        })
        const started = performance.now()
        await post(`${runtime.url}/v1/runs/${talk.runId}/input`, { text: 'And now?' })
        const stored = performance.now() - started
        const modelAt = (await atModel) - started
        await talk.parked(2)
        talk.leave()
        if (i < warmUps) continue
        accepted.push(stored)
        asked.push(modelAt)
      }
      return [
        atMost('input accepted (stored), p99', percentile(accepted, 99), 15, 'ms'),
        atMost('input to next model call, parked run, p50', median(asked), 10, 'ms'),
      ]
    } finally {
      await runtime.stop()
      await upstream.close()
    }
  },
}
