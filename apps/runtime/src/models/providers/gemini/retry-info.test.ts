import { expect, it, onTestFinished } from 'vitest'
import { findFixture } from '../../../../../../fixtures/find-fixture.ts'
import { startFakeUpstream, statusReply } from '../../../testing/fake-upstream.ts'
import { type AskEvent, ask } from '../ask.ts'
import { aRequest, collect } from '../testing/requests.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createGemini } from './index.ts'

const madeByHand = JSON.stringify(
  {
    error: {
      code: 429,
      message: 'Quota exceeded for requests per minute.',
      status: 'RESOURCE_EXHAUSTED',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'PerMinute' }] },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' },
      ],
    },
  },
  null,
  2,
)

const recorded = findFixture('provider-streams/gemini/error-429.json')

it('a refusal says how long Gemini wants to be left alone', () => saysHowLong(madeByHand))

it.skipIf(recorded === undefined)('so does one that was recorded', () => saysHowLong(recorded!))

it('what is used up for the day is not asked for again before that is over, and that is said', async () => {
  const daily = madeByHand.replace('PerMinute', 'GenerateRequestsPerDayPerProjectPerModel-FreeTier')
  const upstream = await startFakeUpstream({ script: [statusReply(429, daily)] })
  onTestFinished(() => upstream.close())
  const clock = createTestClock(Date.parse('2026-01-15T12:00:00Z'))
  const gemini = createGemini({ apiKey: 'key-of-a-test', baseUrl: upstream.url }, { clock })
  const events: AskEvent[] = []
  const patient = { clock, patienceMs: 30_000, attempts: 5 }
  for await (const event of ask(gemini, aRequest(), AbortSignal.any([]), patient)) events.push(event)
  expect(events).toMatchObject([
    {
      type: 'error',
      error: {
        ...{ status: 429, code: 'quota_exhausted', retryAt: Date.parse('2026-01-16T08:00:00Z') },
        message:
          'gemini 429: what may be asked of it in a day is used up: Quota exceeded for requests per minute. (RESOURCE_EXHAUSTED) — it can be asked again after 2026-01-16 08:00 UTC',
      },
    },
  ])
})

async function saysHowLong(body: string) {
  const upstream = await startFakeUpstream({ script: [statusReply(429, body)] })
  onTestFinished(() => upstream.close())
  const gemini = createGemini({ apiKey: 'key-of-a-test', baseUrl: upstream.url })
  const events = await collect(gemini.stream(aRequest(), AbortSignal.any([])))
  expect(events).toMatchObject([
    {
      type: 'error',
      error: {
        failureClass: 'retryable',
        status: 429,
        hints: { retryAfterMs: 34_400 },
        message: expect.stringMatching(/^gemini 429: .*quota.* \(RESOURCE_EXHAUSTED\)$/i),
      },
    },
  ])
}
