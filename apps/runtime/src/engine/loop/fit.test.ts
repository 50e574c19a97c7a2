import { describe, expect, it } from 'vitest'
import type { Message, UserBlock } from '../../models/providers/provider.ts'
import { type Fit, fitted } from './fit.ts'
import { estimateTokens } from './tokens.ts'

const fit: Fit = {
  room: 10_000,
  isGuess: false,
  resultShare: 25,
  refOf: (block) => (block.type === 'tool_result' ? block.tool_use_id : undefined),
}
const result = (id: string, text: string): UserBlock => ({
  type: 'tool_result',
  tool_use_id: id,
  name: 'look',
  text,
  is_error: false,
})
const said = (text: string): UserBlock => ({ type: 'text', text })
const turn = (...content: UserBlock[]): Message[] => [{ role: 'user', content }]
const textsOf = ([message]: readonly Message[]) =>
  message!.content.map((block) => (block.type === 'text' || block.type === 'tool_result' ? block.text : block.type))

describe('what is shown of a conversation', () => {
  it('is all of it where it fits', () => {
    const messages = turn(result('a', 'x'.repeat(9000)), said('y'.repeat(10_000)))
    expect(fitted(messages, fit)[0]).toBe(messages[0])
  })

  it('of a long result is its beginning, its end, and where to read on', () => {
    const [text] = textsOf(fitted(turn(result('call_1', `BEGIN${'x'.repeat(100_000)}END`)), fit))
    expect(text).toMatch(/^BEGINx{6000,7000}\n/)
    expect(text).toMatch(/\nx{3000,3500}END$/)
    const { ref, offset } = JSON.parse(/\{.*?\}/.exec(text!)![0])
    expect({ ref, offset }).toEqual({ ref: 'call_1', offset: text!.indexOf('\n') })
  })

  it('of several results is no more together; short ones leave their room to long ones', () => {
    const shown = fitted(
      turn(result('a', 'short'), result('b', 'x'.repeat(80_000)), result('c', 'y'.repeat(80_000))),
      fit,
    )
    expect(textsOf(shown)[0]).toBe('short')
    expect(estimateTokens(shown)).toBeLessThan(2700)
    expect(estimateTokens(shown)).toBeGreaterThan(2400)
  })

  it('of several results is what the short ones leave, and no more', () => {
    const shown = fitted(
      turn(result('a', 's'.repeat(3000)), result('b', 'x'.repeat(80_000)), result('c', 'y'.repeat(80_000))),
      fit,
    )
    expect(textsOf(shown)[0]).toBe('s'.repeat(3000))
    expect(estimateTokens(shown)).toBeLessThan(2700)
  })

  it('is measured in what other writing takes, and no character is cut in two', () => {
    const shown = fitted(turn(result('a', '漢'.repeat(100_000)), result('b', '😀'.repeat(50_001))), fit)
    expect(estimateTokens(shown)).toBeLessThan(2700)
    for (const text of textsOf(shown)) expect(text.isWellFormed()).toBe(true)
  })

  it('of what somebody said is its beginning and its end, unless the window is a guess', () => {
    const messages = turn(said('x'.repeat(100_000)))
    expect(estimateTokens(fitted(messages, fit))).toBeLessThan(5200)
    expect(fitted(messages, { ...fit, isGuess: true })[0]).toBe(messages[0])
  })

  it('of more texts than fit, however short, is the first and the last ones, and where the others are', () => {
    const texts = Array.from({ length: 3000 }, (_, i) => said(`part ${i} ${'w'.repeat(60)}`))
    const refOf = (block: UserBlock) => `said-1-${texts.indexOf(block) + 1}`
    const shown = fitted(turn(...texts), { ...fit, refOf })
    expect(estimateTokens(shown)).toBeLessThan(5200)
    const all = textsOf(shown)
    const note = all.findIndex((text) => text.startsWith('[…'))
    expect(all.slice(0, note)).toEqual(textsOf(turn(...texts.slice(0, note))))
    const left = all.slice(note + 1)
    expect(left.length).toBeGreaterThan(5)
    expect(left).toEqual(textsOf(turn(...texts.slice(-left.length))))
    expect(all[note]).toContain(`${3000 - note - left.length} of 3000 texts are left out here`)
    expect(all[note]).toContain(
      `{"op":"read_on","ref":"said-1-${note + 1}"} and so on to said-1-${3000 - left.length}.`,
    )
    const long = fitted(turn(...Array.from({ length: 300 }, () => said('x'.repeat(9000)))), { ...fit, refOf })
    expect(estimateTokens(long)).toBeLessThan(7500)
    expect(textsOf(fitted(turn(...texts), { ...fit, refOf: () => undefined }))[note]).toContain('Say so')
  })

  it('of as many results as a turn may have is where each is to be read', () => {
    const results = Array.from({ length: 128 }, (_, i) => result(`call_${i}`, 'x'.repeat(9000)))
    const shown = fitted(turn(...results), { ...fit, room: 8192 })
    expect(shown[0]!.content).toHaveLength(128)
    expect(estimateTokens(shown)).toBeLessThan(8192)
    for (const [i, text] of textsOf(shown).entries())
      expect(text).toContain(`{"op":"read_on","ref":"call_${i}","offset":0}`)
  })

  it('is the same text every time, since caches go by it', () => {
    const messages = turn(result('a', 'x'.repeat(100_000)))
    expect(fitted(messages, fit)[0]!.content[0]).toBe(fitted(messages, fit)[0]!.content[0])
  })
})
