import type { UsageAggregate } from '@loomcycle/client'
import { describe, expect, it } from 'vitest'
import { stacked } from '../chart/stacked.ts'
import { parseTokens, stateOf } from './limits.ts'
import { daysOf } from './range.ts'
import { mainCurrency, othersName, seriesOf, sumOf, tokensOf, toTsv, totalsOf } from './report.ts'

const row = (day: string, more: Partial<UsageAggregate> = {}): UsageAggregate => ({
  ...{ day, input_tokens: 10, output_tokens: 1, cache_creation_tokens: 0, cache_read_tokens: 0 },
  ...{ cost: 0, call_count: 1, unpriced_calls: 1, ...more },
})
const priced = (cost: number, currency: string) => ({ cost, currency, unpriced_calls: 0 })
const days = ['2026-03-01', '2026-03-02', '2026-03-03']

describe('the days of a range', () => {
  const now = Date.parse('2026-03-15T23:30:00Z')
  it.each([
    [7, '2026-03-09', '2026-03-15', 7],
    [30, '2026-02-14', '2026-03-15', 30],
    [90, '2025-12-16', '2026-03-15', 90],
    ['month', '2026-03-01', '2026-03-15', 15],
    ['last-month', '2026-02-01', '2026-02-28', 28],
  ] as const)('%s: from the first to the last, in UTC', (range, first, last, count) => {
    const found = daysOf(range, now)
    expect([found[0], found.at(-1), found.length]).toEqual([first, last, count])
  })

  it('begin with the year where last month was of the year before', () => {
    const found = daysOf('last-month', Date.parse('2026-01-01T00:00:00Z'))
    expect([found[0], found.at(-1)]).toEqual(['2025-12-01', '2025-12-31'])
    expect(daysOf('month', Date.parse('2026-01-01T00:00:00Z'))).toEqual(['2026-01-01'])
  })
})

describe('what was taken', () => {
  it('is added up by kind, by currency, and by whether it had a price', () => {
    const sum = sumOf([
      row('2026-03-01', { cache_read_tokens: 100, cache_creation_tokens: 5, ...priced(0.5, 'USD') }),
      row('2026-03-01', priced(2, 'EUR')),
      row('2026-03-02', { call_count: 3, unpriced_calls: 2, cost: 0.25, currency: 'USD' }),
    ])
    expect(sum).toMatchObject({ input: 30, output: 3, cacheRead: 100, cacheWrite: 5, calls: 5, unpriced: 2 })
    expect([...sum.costs]).toEqual([
      ['USD', 0.75],
      ['EUR', 2],
    ])
    expect([tokensOf(sum), mainCurrency(sum)]).toEqual([138, 'EUR'])
  })

  it('has a total for each of them, the most first; days in their order', () => {
    const of = (agent: string, input_tokens: number) => row('2026-03-01', { agent, input_tokens })
    const rows = [of('small', 1), of('large', 50), of('small', 2), of('', 1)]
    expect(totalsOf(rows, 'agent').map(({ name, input }) => [name, input])).toEqual([
      ['large', 50],
      ['small', 3],
      ['No agent', 1],
    ])
    const byDay = totalsOf([row('2026-03-01'), row('2026-03-03'), row('2026-03-01')], 'kind')
    expect(byDay.map(({ name, calls }) => [name, calls])).toEqual([
      ['2026-03-03', 1],
      ['2026-03-01', 2],
    ])
  })

  it('is drawn by day, with nothing on days on which nothing was taken', () => {
    const rows = [
      row('2026-03-01', { cache_read_tokens: 7 }),
      row('2026-03-03'),
      row('2026-03-03', { input_tokens: 5, output_tokens: 0 }),
      row('2026-02-01'),
    ]
    expect(seriesOf(rows, { split: 'kind', measure: 'tokens', days })).toEqual([
      { name: 'Input', values: [10, 0, 15] },
      { name: 'Output', values: [1, 0, 1] },
      { name: 'Cache read', values: [7, 0, 0] },
      { name: 'Cache write', values: [0, 0, 0] },
    ])
    expect(seriesOf(rows, { split: 'kind', measure: 'calls', days })).toEqual([{ name: 'All', values: [1, 0, 2] }])
  })

  it('counts the cost of one currency, and not that of another as if it were the same', () => {
    const rows = [row('2026-03-01', priced(1, 'USD')), row('2026-03-01', priced(40, 'JPY')), row('2026-03-02')]
    expect(seriesOf(rows, { split: 'kind', measure: 'cost', currency: 'USD', days })[0]!.values).toEqual([1, 0, 0])
  })

  it('has those that took least as one, so that colours go round', () => {
    const rows = Array.from({ length: 9 }, (_, i) =>
      row('2026-03-02', { provider: 'p', model: `m${i}`, input_tokens: 100 - i, output_tokens: 0 }),
    )
    const series = seriesOf(rows, { split: 'model', measure: 'tokens', days })
    expect(series.map(({ name }) => name)).toEqual(['p/m0', 'p/m1', 'p/m2', 'p/m3', 'p/m4', othersName])
    expect(series.at(-1)!.values).toEqual([0, 95 + 94 + 93 + 92, 0])
    expect(seriesOf(rows.slice(0, 6), { split: 'model', measure: 'tokens', days })).toHaveLength(6)
  })

  it('stands on what is beneath, the highest drawn first', () => {
    const one = (name: string, ...values: number[]) => ({ name, values })
    expect(stacked([one('a', 1, 2), one('b', 10, 20), one('c', 100, 200)])).toEqual([
      [111, 222],
      [11, 22],
      [1, 2],
    ])
  })

  it('is copied as a spreadsheet takes it', () => {
    expect(toTsv(['Agent', 'Input'], [['a\tb\nc', 3]])).toBe('Agent\tInput\na b c\t3')
  })
})

describe('a limit', () => {
  const of = (used: number, soft_limit?: number, hard_limit?: number) =>
    stateOf({
      ...{ tenant_id: 't', scope: 'tenant', used, resets_at: '' },
      ...(soft_limit !== undefined && { soft_limit }),
      ...(hard_limit !== undefined && { hard_limit }),
    })

  it('says in plain words how much of it is used, and what that means', () => {
    expect(of(50, 80, 100)).toEqual({
      ...{ share: 0.5, level: 'well' },
      words: '50 of 100 tokens this month. From 80 on runs say so. From 100 on no model is called.',
    })
    expect(of(80, 80, 100)).toMatchObject({ level: 'soft', share: 0.8 })
    expect(of(90, 80)).toMatchObject({ level: 'soft', share: 1, words: expect.stringContaining('they go on') })
    expect(of(100, 80, 100)).toMatchObject({ level: 'hard', share: 1, words: expect.stringContaining('used up') })
    expect(of(0, undefined, 0)).toMatchObject({ level: 'hard', share: 1 })
  })

  it('is written as people write numbers', () => {
    expect(['500000', '500 000', '500,000', '500k', '1.5M', '2b', '0'].map(parseTokens)).toEqual([
      ...[500_000, 500_000, 500_000, 500_000, 1_500_000, 2_000_000_000, 0],
    ])
    expect(['', 'many', '-5', '1e3', '5 k tokens', '1.500', '1.5'].map(parseTokens)).toEqual(Array(7).fill(undefined))
  })
})
