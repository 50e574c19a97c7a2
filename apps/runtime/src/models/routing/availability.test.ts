import { describe, expect, it } from 'vitest'
import { type FailureClass, type FailureHints, ProviderFailure } from '../providers/provider.ts'
import { Availability } from './availability.ts'

const one = { provider: 'a', model: 'm' }

function availability() {
  let now = 0
  const models = new Availability({ now: () => now }, (id) => id !== 'nobody')
  const fail = (failureClass: FailureClass, status?: number, hints: FailureHints = {}, cooldownMs?: number) =>
    models.failed(one, new ProviderFailure('a', failureClass, 'why', status, hints), cooldownMs)
  const heard = (...names: string[]) => models.listed('a', { at: now, tookMs: 1, models: names })
  return { models, fail, heard, lack: () => models.lackOf(one), pass: (ms: number) => void (now += ms) }
}

describe('how models are doing', () => {
  it('is taken to be well where nothing is known of it, but for services that are not set up', () => {
    const { models, lack } = availability()
    expect(lack()).toBeUndefined()
    expect(models.lackOf({ provider: 'nobody', model: 'm' })).toBe('is not set up: configure another one for it')
  })

  it('is stalled once it has failed, until it answers or its service does', () => {
    const { models, fail, heard, lack } = availability()
    fail('retryable', 500)
    expect(lack()).toBe('has failed and not answered since')
    expect(models.lackOf({ provider: 'a', model: 'other' })).toBeUndefined()
    models.answered(one)
    expect(lack()).toBeUndefined()
    for (const [failureClass, status] of [
      ['deprecated', 404],
      ['permanent', 401],
      ['retryable', undefined],
    ] as const) {
      fail(failureClass, status)
      expect(lack()).toBe('has failed and not answered since')
      heard('m')
      expect(lack()).toBeUndefined()
    }
  })

  it('is stalled where its account has nothing left, whatever status says so', () => {
    for (const status of [400, 402, 429]) {
      const { fail, lack } = availability()
      fail('retryable', status, { final: true, code: 'quota_exhausted' })
      expect(lack()).toBe('has failed and not answered since')
    }
  })

  it('is forgotten where its service does not list it and a hundred like it have been asked since', () => {
    const { models, heard } = availability()
    heard('listed')
    const failed = (model: string) =>
      models.failed({ provider: 'a', model }, new ProviderFailure('a', 'permanent', 'no such model', 404))
    const known = () => [...models.services.get('a')!.models.keys()]
    failed('listed')
    for (let n = 1; n <= 100; n++) failed(`made-up-${n}`)
    failed('made-up-1')
    for (let n = 101; n <= 150; n++) failed(`made-up-${n}`)
    expect(known()).toHaveLength(101)
    expect(known()).toEqual(expect.arrayContaining(['listed', 'made-up-1', 'made-up-52', 'made-up-150']))
    expect(known()).not.toContain('made-up-51')
    expect(models.services.get('a')!.models.get('listed')).toMatchObject({ stalled: true })
  })

  it('says nothing of itself in refusing a request, nor where somebody has hung up', () => {
    const { fail, lack } = availability()
    fail('permanent', 400)
    fail('permanent', 422)
    fail('cancelled')
    expect(lack()).toBeUndefined()
  })

  it.each([
    ['half a minute', {}, undefined, 30_000],
    ['as long as the tier says', {}, 5_000, 5_000],
    ['as long as it says itself', { retryAfterMs: 120_000 }, 5_000, 120_000],
  ])('is left alone once it was asked too much: %s', (_, hints, cooldownMs, lasts) => {
    const { models, fail, heard, lack, pass } = availability()
    fail('retryable', 429, hints, cooldownMs)
    expect(models.earliest([one])).toBe(lasts)
    pass(lasts - 1)
    // Neither that its service is there nor an answer to what was asked before says that it may be asked more.
    heard('m')
    models.answered(one)
    expect(lack()).toMatch(/was asked too much and is left alone until 1970/)
    pass(1)
    expect(lack()).toBeUndefined()
    expect(models.earliest([one])).toBeUndefined()
  })

  it('is left alone for as long as it has ever asked for', () => {
    const { models, fail } = availability()
    fail('retryable', 429, { retryAfterMs: 120_000 })
    fail('retryable', 429, { retryAfterMs: 1_000 })
    expect(models.earliest([one])).toBe(120_000)
  })

  it('is what its service says it has, under the names that it is called by', () => {
    const { models, heard, lack } = availability()
    heard('other')
    expect(lack()).toBe('is not among the models of its service')
    for (const name of ['m', 'm:latest', 'm-20250929']) {
      heard(name)
      expect(lack()).toBeUndefined()
    }
    heard('m-mini')
    expect(lack()).toBe('is not among the models of its service')
    // One that names none does not say.
    heard()
    expect(lack()).toBeUndefined()
    models.listed('a', { at: 0, tookMs: 1, models: ['m'], error: 'connection refused' })
    expect(lack()).toBe('cannot be reached (connection refused)')
    expect(models.isWorthAsking(one)).toBe(true)
    heard('m')
    expect(lack()).toBeUndefined()
    expect(models.isWorthAsking(one)).toBe(false)
  })

  it('keeps what went wrong last, when, and with which model, also when all is well again', () => {
    const { models, fail, heard, pass } = availability()
    const last = () => models.services.get('a')?.lastFailure
    fail('permanent', 400)
    fail('cancelled')
    expect(last()).toBeUndefined()
    pass(5)
    fail('retryable', 429)
    expect(last()).toEqual({ at: 5, error: 'a 429: why', model: 'm' })
    pass(5)
    models.listed('a', { at: 10, tookMs: 1, models: [], error: 'connection refused' })
    heard('m')
    expect(last()).toEqual({ at: 10, error: 'connection refused' })
  })
})
