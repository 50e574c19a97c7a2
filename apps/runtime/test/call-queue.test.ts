import { describe, expect, it, onTestFinished } from 'vitest'
import type { ProviderEvent } from '../src/models/providers/provider.ts'
import { createTestClock } from '../src/models/providers/testing/test-clock.ts'
import { gate } from '../src/testing/gated-tool.ts'
import { someService } from '../src/testing/some-services.ts'
import { clientOf, converse, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime, type TestRuntime } from '../src/testing/test-runtime.ts'

/** Answers once its gate is open. */
function slow(id: string) {
  const at = gate()
  onTestFinished(() => at.open(''))
  const service = someService(id, {
    async *stream(request): AsyncGenerator<ProviderEvent> {
      service.asked.push(structuredClone(request))
      yield { type: 'text', text: await at.enter() }
      yield { type: 'done', stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } }
    },
  })
  return { service, at }
}

const one = { LOOMCYCLE_PROVIDER_QUEUE_CONCURRENCY: '1', LOOMCYCLE_PROVIDER_QUEUE_TIMEOUT_MS: '12345' }
const agents = {
  one: { provider: 'slow', model: 'm', retryAttempts: 0 },
  other: { provider: 'other', model: 'm' },
}
/** Begins at once. */
function run(runtime: TestRuntime, agent: string) {
  const reader = new Reader(clientOf(runtime).runStreaming({ agent, segments: say('hi') }))
  return { reader, over: reader.toEnd() }
}
const stats = async (runtime: TestRuntime) => (await fetch(`${runtime.url}/v1/_concurrency/stats`)).json()

/** Until it is so. */
async function queued(runtime: TestRuntime, count: number) {
  while (runtime.ctx.callQueue.stats().slow?.queued !== count) await new Promise((done) => setImmediate(done))
}

describe('runs of a service that takes one call at once', () => {
  it('wait for each other, and leave their place at work to others meanwhile', async () => {
    const { service, at } = slow('slow')
    const runtime = await startRuntime({
      ...{ providers: [service, someService('other')], env: one, agents },
      config: {
        concurrency: { maxConcurrentRuns: 2, maxQueueDepth: 9, queueTimeoutMs: 30_000, maxConcurrentRunsPerUser: 0 },
      },
    })
    const first = run(runtime, 'one')
    await at.entered
    const second = run(runtime, 'one')
    await queued(runtime, 1)
    await run(runtime, 'other').over
    expect(await stats(runtime)).toMatchObject({ active: 1, queued: 0, providers: { slow: { active: 1, queued: 1 } } })
    expect(service.asked).toHaveLength(1)
    at.open('done ')
    await Promise.all([first.over, second.over])
    expect(first.reader.text() + second.reader.text()).toBe('done done ')
    expect(await stats(runtime)).toMatchObject({ active: 0, providers: {} })
  })

  it('can be stopped while they wait', async () => {
    const { service, at } = slow('slow')
    const runtime = await startRuntime({ providers: [service], env: one, agents })
    const first = run(runtime, 'one')
    await at.entered
    const talk = converse(clientOf(runtime), 'one', 'hi')
    await talk.until('agent')
    await queued(runtime, 1)
    expect(await clientOf(runtime).cancelAgent(talk.session.agentId!)).toEqual({ cancelledCount: 1 })
    await talk.until('done')
    expect(runtime.ctx.callQueue.stats()).toEqual({ slow: { active: 1, queued: 0 } })
    at.open('done ')
    await first.over
    expect(service.asked).toHaveLength(1)
  })

  it('fail with a word for it once they have waited long enough, which says nothing of the model', async () => {
    const clock = createTestClock(1_700_000_000_000)
    const { service, at } = slow('slow')
    const runtime = await startRuntime({ providers: [service], env: one, agents, clock })
    const first = run(runtime, 'one')
    await at.entered
    const second = run(runtime, 'one')
    await queued(runtime, 1)
    await clock.fire(12_345)
    await second.over
    expect(second.reader.events.find(({ type }) => type === 'error')).toMatchObject({
      code: 'provider_concurrency_exhausted',
      error: expect.stringContaining('slow: 1 calls to it are under way'),
    })
    expect(runtime.ctx.routing.availability.lackOf({ provider: 'slow', model: 'm' })).toBeUndefined()
    at.open('done ')
    await first.over
  })
})
