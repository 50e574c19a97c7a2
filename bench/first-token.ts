import { anthropicText, startFakeUpstream } from '../apps/runtime/src/testing/fake-upstream.ts'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median, percentile } from './benchmark.ts'
import { readStream } from './stream.ts'

const warmUps = 30
const rounds = 300
const model = 'claude-bench'
const token = 'first-token'

const config = { agents: { bench: { provider: 'anthropic', model, system_prompt: 'You are measured.' } } }

/** Asks the same upstream in turns, directly and through the runtime, so that both see the same noise. */
export const firstToken: Benchmark = {
  name: 'first-token',
  async run() {
    const upstream = await startFakeUpstream({ script: () => anthropicText([token, ' and', ' the', ' rest.']) })
    const runtime = await startRuntime({
      config,
      env: { ANTHROPIC_API_KEY: 'bench-key', ANTHROPIC_BASE_URL: upstream.url },
    })
    try {
      const direct: number[] = []
      const through: number[] = []
      for (let i = 0; i < warmUps + rounds; i++) {
        const alone = await askUpstream(upstream.url)
        const added = await askRuntime(runtime.url)
        if (i < warmUps) continue
        direct.push(alone)
        through.push(added)
      }
      const base = median(direct)
      return [
        atMost('added to first token, p50', median(through) - base, 3, 'ms'),
        atMost('added to first token, p99', percentile(through, 99) - base, 10, 'ms'),
      ]
    } finally {
      await runtime.stop()
      await upstream.close()
    }
  },
}

async function askUpstream(url: string): Promise<number> {
  const { firstAfter } = await readStream(
    {
      url: `${url}/v1/messages`,
      method: 'POST',
      headers: { 'x-api-key': 'bench-key', 'anthropic-version': '2023-06-01' },
      body: {
        model,
        max_tokens: 100,
        stream: true,
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      },
    },
    token,
  )
  return firstAfter
}

async function askRuntime(url: string): Promise<number> {
  const body = { agent: 'bench', prompt: 'Hi' }
  const { firstAfter } = await readStream({ url: `${url}/v1/runs`, method: 'POST', body }, token)
  return firstAfter
}
