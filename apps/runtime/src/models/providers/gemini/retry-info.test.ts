import { expect, it, onTestFinished } from 'vitest'
import { findFixture } from '../../../../../../fixtures/find-fixture.ts'
import { startFakeUpstream, statusReply } from '../../../testing/fake-upstream.ts'
import { aRequest, collect } from '../testing/requests.ts'
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
