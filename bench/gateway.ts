import { openaiText, startFakeUpstream } from '../apps/runtime/src/testing/fake-upstream.ts'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median, noted, percentile } from './benchmark.ts'
import { readStream } from './stream.ts'

const warmUps = 50
const rounds = 400
const token = 'first-token'
const messages = [{ role: 'user', content: 'Hi' }]

/** Asks the same upstream in turns, directly and through the gateway, so that both see the same noise. */
export const gateway: Benchmark = {
  name: 'gateway',
  async run() {
    const upstream = await startFakeUpstream({
      script: () => openaiText([token, ' and', ' the', ' rest.']),
      models: ['bench'],
    })
    const runtime = await startRuntime({ env: { OPENAI_API_KEY: 'bench-key', OPENAI_BASE_URL: upstream.url } })
    const ask = (url: string, model: string) =>
      readStream({ url: `${url}/v1/chat/completions`, method: 'POST', body: { model, messages, stream: true } }, token)
    try {
      const direct: number[] = []
      const through: number[] = []
      const whole = { direct: [] as number[], through: [] as number[] }
      for (let i = 0; i < warmUps + rounds; i++) {
        const alone = await ask(upstream.url, 'bench')
        const added = await ask(runtime.url, 'openai/bench')
        if (i < warmUps) continue
        direct.push(alone.firstAfter)
        through.push(added.firstAfter)
        whole.direct.push(alone.endedAfter)
        whole.through.push(added.endedAfter)
      }
      const base = median(direct)
      return [
        atMost('added to first token, p50', median(through) - base, 2.5, 'ms'),
        noted('added to first token, p99', percentile(through, 99) - base, 'ms'),
        noted('added to the whole stream, p50', median(whole.through) - median(whole.direct), 'ms'),
        noted('directly to first token, p50', base, 'ms'),
      ]
    } finally {
      await runtime.stop()
      await upstream.close()
    }
  },
}
