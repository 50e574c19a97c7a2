import { describe, expect, it } from 'vitest'
import type { Message } from '../../models/providers/provider.ts'
import { compactionSettings, findCut } from './compaction-cut.ts'
import { estimateTokens } from './tokens.ts'

/** `u` says something, `a` answers, `c` calls a tool, `r` is its result; a number makes it that many tokens. */
function messages(sketch: string): Message[] {
  return sketch.split(' ').map((word): Message => {
    const text = 'x'.repeat(4 * Number(word.slice(1)))
    switch (word[0]) {
      case 'u':
        return { role: 'user', content: [{ type: 'text', text }] }
      case 'a':
        return { role: 'assistant', content: [{ type: 'text', text }] }
      case 'c':
        return { role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 't', input: text }] }
      default:
        return {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: '1', name: 't', text, is_error: false },
            { type: 'text', text: '' },
          ],
        }
    }
  })
}

const cutOf = (sketch: string, keepLastN: number, options: { keepFirst?: boolean; window?: number } = {}) =>
  findCut(messages(sketch), { keepLastN, keepFirst: true, ...options })

describe('settings', () => {
  it('have defaults, and compaction by itself is off', () => {
    expect(compactionSettings()).toEqual({
      enabled: false,
      targetPercentage: 10,
      keepLastN: 4,
      keepFirst: true,
      autocompactAtPct: 80,
    })
  })

  it('of the run beat those of the agent field by field', () => {
    const agent = { enabled: true, keep_last_n: 8, keep_first: false, autocompact_at_pct: 60, model: 'small' }
    const run = { keep_last_n: 0, keep_first: true, target_percentage: 30 }
    expect(compactionSettings(agent, run)).toEqual({
      enabled: true,
      targetPercentage: 30,
      keepLastN: 0,
      keepFirst: true,
      autocompactAtPct: 60,
      model: 'small',
    })
  })
})

describe('tokens', () => {
  it('are a quarter of the characters of texts, results and inputs', () => {
    expect(estimateTokens(messages('u3 a4 r5'))).toBe(12)
    expect(
      estimateTokens([{ role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'n', input: { a: 1 } }] }]),
    ).toBe(2)
  })
})

describe('the cut', () => {
  it('is at the end when nothing is to be kept', () => expect(cutOf('u a u a', 0)).toBe(4))
  it('keeps the last messages from a fresh turn on', () => expect(cutOf('u a u a u a', 2)).toBe(4))
  it('goes back to a fresh turn when it would land inside one', () => {
    expect(cutOf('u a u a u a', 3)).toBe(2)
    expect(cutOf('u a u c r c r a', 2)).toBe(2)
  })
  it('is at the end when there is no fresh turn to go back to', () => expect(cutOf('u c r c r c r', 4)).toBe(7))
  it('is nowhere when everything is to be kept', () => {
    expect(cutOf('u a u a', 4)).toBeUndefined()
    expect(cutOf('u a u a u', 4)).toBeUndefined()
    expect(cutOf('u a u a u', 4, { keepFirst: false })).toBe(5)
  })
  it('is nowhere when nothing but the task would be replaced', () => {
    expect(cutOf('u', 0)).toBeUndefined()
    expect(cutOf('u', 0, { keepFirst: false })).toBeUndefined()
  })
  it('moves on until what stays fills no more than half of the window', () => {
    expect(cutOf('u1 a1 u30 a30 u10 a10 u10 a10', 6, { window: 80 })).toBe(4)
    expect(cutOf('u1 a1 u30 a30 u10 a10 u10 a10', 6, { window: 79 })).toBe(6)
    expect(cutOf('u1 a1 u30 a30 u10 a10 u10 a10', 6, { window: 1000 })).toBe(2)
  })
  it('leaves the last turn, however long', () => expect(cutOf('u1 a1 u30 a30 u90 c90 r90', 5, { window: 80 })).toBe(4))
  it('is nowhere when only an earlier summary would be replaced', () => {
    expect(findCut(messages('u a u c r'), { keepLastN: 2, keepFirst: true, headLength: 2 })).toBeUndefined()
    expect(findCut(messages('u a u c r'), { keepLastN: 2, keepFirst: true })).toBe(2)
  })
})
