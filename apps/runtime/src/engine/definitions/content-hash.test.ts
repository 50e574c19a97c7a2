import { describe, expect, it } from 'vitest'
import { contentHash, withoutEmpty } from './content-hash.ts'

/** SHA-256 of `{"sampling":{"temperature":0},"system_prompt":"Solve it.","tools":["Memory","Channel"]}`. */
const solver = 'bcf0167a862bef81d14a8f2b5d467db2d9407b5fc980b5d89303082161dbae9e'
/** SHA-256 of `{}`. */
const nothing = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'

describe('the hash of a definition', () => {
  const definition = { system_prompt: 'Solve it.', tools: ['Memory', 'Channel'], sampling: { temperature: 0 } }

  it('is SHA-256 of its canonical JSON', () => {
    expect(contentHash(definition)).toBe(solver)
    expect(contentHash({})).toBe(nothing)
  })

  it('is the same in whatever order it was written', () => {
    const reversed = { sampling: { temperature: 0 }, tools: ['Memory', 'Channel'], system_prompt: 'Solve it.' }
    expect(contentHash(reversed)).toBe(contentHash(definition))
  })

  it.each([
    ['null', { model: null }],
    ['undefined', { model: undefined }],
    ['an empty text', { description: '' }],
    ['an empty list', { skills: [] }],
    ['an empty map', { compaction: {} }],
    ['a map of nothing but empty lists', { channels: { publish: [], subscribe: [] } }],
    ['a switch that is off', { unbounded_iterations: false }],
  ])('is the same with %s as without', (_, nothingMore) => {
    expect(contentHash({ ...definition, ...nothingMore })).toBe(contentHash(definition))
  })

  it.each([
    ['another order of a list', { tools: ['Channel', 'Memory'] }],
    ['no temperature in place of 0', { sampling: {} }],
    ['a switch that is off in a map, over one that is on by default', { compaction: { enabled: false } }],
    ['a number that may be 0', { retry_attempts: 0 }],
    ['an empty text in a list, where it has a place', { sampling: { temperature: 0, stop: [''] } }],
  ])('is another one with %s', (_, other) => {
    expect(contentHash({ ...definition, ...other })).not.toBe(contentHash(definition))
  })
})

it('what is kept of a definition says the same, and has the same hash', () => {
  const said = { model: '', tools: [], sampling: { stop: [], top_p: 0 }, disable_context: false, tier: 'low' }
  expect(withoutEmpty(said)).toEqual({ sampling: { top_p: 0 }, tier: 'low' })
  expect(contentHash(withoutEmpty(said))).toBe(contentHash(said))
})
