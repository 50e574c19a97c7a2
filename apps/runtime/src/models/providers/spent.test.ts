import { describe, expect, it } from 'vitest'
import { findFixture } from '../../../../../fixtures/find-fixture.ts'
import { spentIn } from './spent.ts'

const gemini = (quotaId: string, retryDelay?: string) =>
  JSON.stringify({
    error: {
      code: 429,
      message: 'You exceeded your current quota, please check your plan and billing details.',
      status: 'RESOURCE_EXHAUSTED',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] },
        ...(retryDelay ? [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }] : []),
      ],
    },
  })
const perDay = 'GenerateRequestsPerDayPerProjectPerModel-FreeTier'
const until = (body: string, now: string, asked?: number) => {
  const at = Date.parse(now)
  const spent = spentIn(429, body, at, asked)
  return spent && new Date(at + spent.hints.retryAfterMs!).toISOString()
}

describe('what is used up for the day', () => {
  it.each([
    ['in winter', '2026-01-15T12:34:56.789Z', '2026-01-16T08:00:00.000Z'],
    ['in summer', '2026-07-15T06:00:00.000Z', '2026-07-15T07:00:00.000Z'],
    ['on the short day', '2026-03-08T09:30:00.000Z', '2026-03-09T07:00:00.000Z'],
    ['on the long day', '2026-11-01T07:30:00.000Z', '2026-11-02T08:00:00.000Z'],
  ])('comes back at midnight in California where it is Google’s: %s', (_, now, then) => {
    expect(until(gemini(perDay), now)).toBe(then)
    expect(until(gemini(perDay, '34s'), now, 34_000)).toBe(then)
    expect(until(gemini(perDay, '172800s'), now, 172_800_000)).toBe(
      new Date(Date.parse(now) + 172_800_000).toISOString(),
    )
  })

  it('is not what is used up for a minute', () => {
    const recorded = findFixture('provider-streams/gemini/error-429.json')
    const perMinute = gemini('GenerateRequestsPerMinutePerProjectPerModel-FreeTier', '34.4s')
    for (const body of [perMinute, ...(recorded ? [recorded] : [])]) {
      expect(until(body, '2026-01-15T12:34:56Z', 34_400)).toBeUndefined()
    }
  })

  it('comes back at midnight where others do not say when', () => {
    const free = '{"error":{"message":"Rate limit exceeded: free-models-per-day","code":429}}'
    expect(until(free, '2026-01-15T12:34:56Z')).toBe('2026-01-16T00:00:00.000Z')
    const said = 'Rate limit reached on tokens per day (TPD): Limit 100000. Please try again in 7m12s.'
    expect(until(said, '2026-01-15T12:34:56Z', 432_000)).toBeUndefined()
  })
})

describe('an account', () => {
  it.each([
    ['OpenAI', 429, '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}'],
    ['OpenAI', 400, '{"error":{"message":"Billing hard limit has been reached","code":"billing_hard_limit_reached"}}'],
    [
      'Anthropic',
      400,
      '{"error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."}}',
    ],
    ['Anthropic', 402, '{"error":{"type":"billing_error","message":"There is an issue with your billing"}}'],
    ['DeepSeek', 402, '{"error":{"message":"Insufficient Balance","type":"unknown_error"}}'],
    ['OpenRouter', 402, '{"error":{"message":"Insufficient credits","code":402}}'],
    ['xAI', 403, '{"error":"Your team has either used all available credits or reached its monthly spending limit."}'],
    ['Moonshot', 429, '{"error":{"message":"suspended","type":"exceeded_current_quota_error"}}'],
  ])('of %s has nothing left', (_, status, body) => {
    expect(spentIn(status, body, 0)).toMatchObject({
      why: expect.stringContaining('nothing left'),
      hints: { final: true, code: 'quota_exhausted' },
    })
  })

  it.each([
    [429, 'Rate limit reached for gpt-4o on requests per min (RPM)'],
    [400, 'messages: at least one message is required'],
    [529, 'Overloaded'],
  ])('has something left: %d %s', (status, body) => {
    expect(spentIn(status, body, 0)).toBeUndefined()
  })
})
