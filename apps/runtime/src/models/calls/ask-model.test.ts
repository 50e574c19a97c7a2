import { expect, it } from 'vitest'
import { failure, someService } from '../../testing/some-services.ts'
import { ProviderNews } from '../providers/news.ts'
import { aRequest } from '../providers/testing/requests.ts'
import { createTestClock } from '../providers/testing/test-clock.ts'
import { Availability } from '../routing/availability.ts'
import { modelAsker } from './ask-model.ts'
import { CallQueue } from './call-queue.ts'

function asking(answering: Parameters<typeof someService>[1] = {}) {
  const clock = createTestClock()
  const provider = someService('alpha', answering)
  const limits = { perProvider: 1, byService: {}, maxQueueDepth: 0, queueTimeoutMs: 1_000 }
  const queue = new CallQueue(clock, limits)
  const availability = new Availability(clock, () => true)
  const askModel = modelAsker({ availability, news: new ProviderNews(() => {}), queue })
  const whose = { tenantId: 't', userId: 'u' }
  const ask = (patienceMs = 0) =>
    askModel({ provider, model: 'm' }, aRequest(), AbortSignal.any([]), { clock, patienceMs, attempts: 0, whose })
  return { ask, queue, clock, availability }
}

it('gives its place back when nobody reads on', async () => {
  const { ask, queue } = asking()
  for await (const { type } of ask()) {
    expect(type).toBe('text')
    expect(queue.stats()).toEqual({ alpha: { active: 1, queued: 0 } })
    break
  }
  expect(queue.stats()).toEqual({})
})

it('has no place any more once the answer is whole, whatever is made of it', async () => {
  const { ask, queue } = asking()
  for await (const { type } of ask()) if (type === 'done') expect(queue.stats()).toEqual({})
})

it('has no place while it waits to be asked again', async () => {
  const { ask, queue, clock, availability } = asking({
    answering: (_, asked) => (asked === 1 ? failure('alpha', 503) : undefined),
  })
  const types: string[] = []
  const reading = (async () => {
    for await (const { type } of ask(1_000)) types.push(type)
  })()
  await clock.armed(100)
  expect(queue.stats()).toEqual({})
  await clock.fire(100)
  await reading
  expect(types).toEqual(['retry', 'text', 'done'])
  expect(availability.lackOf({ provider: 'alpha', model: 'm' })).toBeUndefined()
})
