import { expect, it } from 'vitest'
import { systemClock } from '../src/ground/clock.ts'
import { createMocks } from '../src/models/providers/mock/index.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

const settings = { latencyMs: 1, latencyJitterMs: 1, rate429: 0.1, rate500: 0.05 }

const agent = (model: string, publish: string[], subscribe: string[]) => ({
  provider: 'mock',
  model,
  channels: { publish, subscribe },
  evaluationScopes: ['submit_any' as const],
  retryAttempts: 5,
})
const channel = (name: string) => ({
  name,
  scope: 'user' as const,
  semantic: 'queue' as const,
  source: 'yaml' as const,
})

it('three agents that start at once finish a circuit together, however often their model fails', async () => {
  const runtime = await startRuntime({
    providers: createMocks(settings, { clock: systemClock }),
    agents: {
      researcher: agent('mock-researcher', ['research-done/*'], []),
      editor: agent('mock-editor', ['editing-done/*'], ['research-done/*']),
      evaluator: agent('mock-evaluator', [], ['editing-done/*']),
    },
    config: {
      channels: { 'research-done/*': channel('research-done/*'), 'editing-done/*': channel('editing-done/*') },
      concurrency: { maxConcurrentRuns: 4, maxQueueDepth: 100, queueTimeoutMs: 60_000, maxConcurrentRunsPerUser: 0 },
    },
  })
  const client = clientOf(runtime)
  const circuits = Array.from({ length: 10 }, (_, i) => `c${i + 1}`)
  await Promise.all(
    circuits.flatMap((id, i) =>
      ['evaluator', 'editor', 'researcher'].map(async (name) => {
        const userId = `user_${i % 2}`
        const reader = new Reader(client.runStreaming({ agent: name, segments: say(`Circuit ${id}`), userId }))
        await reader.toEnd()
        const results = reader.events.filter((event) => event.type === 'tool_result')
        expect(results.filter((event) => event.is_error)).toEqual([])
        expect(reader.types().at(-1)).toBe('done')
      }),
    ),
  )
  const scored = await runtime.ctx.db.all<{ agent: string; emitter_role: string }>(
    'select agent, emitter_role from evaluations',
    [],
  )
  expect(scored).toEqual(circuits.map(() => ({ agent: 'editor', emitter_role: 'unrelated' })))
  const keys = await runtime.ctx.db.all<{ key: string }>(
    "select key from memory where key like 'c7-%' order by key",
    [],
  )
  expect(keys.map(({ key }) => key)).toEqual(['c7-research', 'c7-research-edited', 'c7-research-scored'])
}, 30_000)
