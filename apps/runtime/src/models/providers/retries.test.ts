import { describe, expect, it } from 'vitest'
import { ask } from './ask.ts'
import { type Provider, ProviderFailure } from './provider.ts'
import { Retries, type RetrySettings, retried } from './retries.ts'
import { aRequest } from './testing/requests.ts'
import { createTestClock } from './testing/test-clock.ts'

const failure = (status?: number, hints = {}) => new ProviderFailure('p', 'retryable', 'no', status, hints)
const refused = failure(undefined, { unreachable: true })
const settings = (more: Partial<RetrySettings> = {}): RetrySettings => ({
  clock: createTestClock(),
  patienceMs: 30_000,
  attempts: 2,
  ...more,
})

/** The waits until it gives up, each of them waited. */
async function waits(error: ProviderFailure, more: Partial<RetrySettings> = {}, hasBegun = false) {
  const clock = createTestClock()
  const retries = new Retries(settings({ clock, ...more }))
  const made: number[] = []
  for (let retry = retries.next(error, hasBegun); retry; retry = retries.next(error, hasBegun)) {
    made.push(retry.wait_ms)
    clock.after(retry.wait_ms, () => {})
    await clock.fire(retry.wait_ms)
  }
  return { made, final: retries.final(error) }
}

describe('a service that cannot be reached or is overloaded', () => {
  it.each([
    ['refuses the connection', refused],
    ['takes too long to read the request', failure(408)],
    ['has an error', failure(500)],
    ['is away', failure(503)],
    ['is overloaded', failure(529)],
  ])('is asked again for half a minute where it %s', async (_, error) => {
    const { made, final } = await waits(error)
    expect(made).toEqual([100, 300, 900, 2700, 8000, 8000, 8000])
    expect(final.message).toBe(`${error.message} — asked 8 times in 28 s`)
  })

  it('is asked again for as long as the setting says', async () => {
    expect((await waits(failure(503), { patienceMs: 500 })).made).toEqual([100, 300])
    expect((await waits(failure(503), { patienceMs: 0 })).made).toEqual([])
  })
})

describe('a service that asks for time', () => {
  it('gets what it asks for, whatever its status', async () => {
    for (const status of [429, 503, 529]) {
      expect((await waits(failure(status, { retryAfterMs: 50_000 }))).made).toEqual(Array(5).fill(50_000))
    }
  })

  it('gets ever more where it asks for a moment each time', async () => {
    expect((await waits(failure(429, { retryAfterMs: 345 }))).made).toEqual([345, 345, 900, 2700, 3000])
  })

  it('gets ever more where it does not say how much', async () => {
    expect((await waits(failure(429))).made).toEqual([10_000, 20_000, 40_000, 60_000, 120_000])
  })

  it('is not asked again when that is more than five minutes, and says when it can be', async () => {
    const { made, final } = await waits(failure(429, { retryAfterMs: 3_600_000 }))
    expect(made).toEqual([])
    expect(final.message).toBe('p 429: no — it can be asked again after 1970-01-01 01:00 UTC')
    expect(final.retryAt).toBe(3_600_000)
    expect((await waits(failure(429, { retryAfterMs: 200_000 }))).made).toEqual([200_000])
  })
})

describe('an answer that broke off, or was none', () => {
  it('is asked for again as often as the setting says: each may be paid for', async () => {
    expect((await waits(failure())).made).toEqual([100, 300])
    expect((await waits(failure(500), {}, true)).made).toEqual([100, 300])
    expect((await waits(refused, { attempts: 1 }, true)).made).toEqual([100])
  })

  it('had begun once anything was said', async () => {
    let asked = 0
    const provider = {
      id: 'p',
      async *stream() {
        asked++
        yield { type: 'text', text: 'Half' }
        yield { type: 'error', error: failure(500) }
      },
    } as unknown as Provider
    const said: string[] = []
    const never = AbortSignal.any([])
    for await (const { type } of ask(provider, aRequest(), never, settings({ attempts: 0 }))) said.push(type)
    expect(said).toEqual(['text', 'error'])
    expect(asked).toBe(1)
  })
})

it('what will not pass is not tried again', async () => {
  const full = new ProviderFailure('p', 'retryable', 'Context size has been exceeded.', 500)
  expect((await waits(full)).made).toEqual([])
  expect((await waits(new ProviderFailure('p', 'permanent', 'no', 400))).made).toEqual([])
  expect((await waits(failure(503, { final: true }))).made).toEqual([])
})

it('failures of different kinds do not multiply', async () => {
  const clock = createTestClock()
  const retries = new Retries(settings({ clock }))
  const kinds = [failure(), failure(429, { retryAfterMs: 0 }), failure(503)]
  let requests = 1
  for (;;) {
    const retry = retries.next(kinds[requests % 3]!, false)
    if (retry === undefined) break
    requests++
    clock.after(retry.wait_ms, () => {})
    await clock.fire(retry.wait_ms)
  }
  expect(requests).toBeLessThanOrEqual(9)
})

describe('a request that is tried again', () => {
  it('gives its answer, or the last failure, or stops when it is not wanted any more', async () => {
    const clock = createTestClock()
    let left = 1
    const answer = retried(
      async () => {
        if (left-- > 0) throw refused
        return 'there'
      },
      AbortSignal.any([]),
      settings({ clock }),
    )
    await clock.fire(100)
    expect(await answer).toBe('there')
    const fails = async () => {
      throw refused
    }
    await expect(retried(fails, AbortSignal.any([]), settings({ patienceMs: 0 }))).rejects.toThrow('p: no')
    const stopped = retried(fails, AbortSignal.abort(), settings())
    await expect(stopped).rejects.toMatchObject({ failureClass: 'cancelled' })
  })
})
