import { describe, expect, it } from 'vitest'
import { heavyAnswer } from '../../../../../../bench/app/heavy-answer.ts'
import { hostileTexts } from '../../../../../../e2e/fixtures/hostile-texts.ts'
import { measureTree, toTree } from '../parse/tree.ts'
import { light } from '../portion.tsx'
import { isNestedTooDeeply, weigh } from './weight.ts'

/** As much of a text as is drawn without a second thought. */
function lightPart(text: string): string {
  let [least, most] = [0, Math.min(text.length, light)]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (weigh(text.slice(0, middle), light) < light) least = middle
    else most = middle - 1
  }
  return text.slice(0, least)
}

describe('what counts as light', () => {
  it.each(Object.entries(hostileTexts))('of “%s” comes to few elements, not deep in each other', (_, text) => {
    const { nodes, depth } = measureTree(toTree(lightPart(text)))
    expect(nodes).toBeLessThan(2600)
    expect(depth).toBeLessThan(80)
  })

  it('is an answer as models write them', () => {
    const answer = heavyAnswer(1) + heavyAnswer(2)
    expect(lightPart(answer)).toBe(answer)
  })

  it('is no quote of a quote of a quote, on and on', () => {
    expect(weigh('> > > deep', light)).toBeLessThan(light)
    expect(weigh('>'.repeat(20), light)).toBe(light)
    expect(weigh(`a\n${'- '.repeat(20)}a`, light)).toBe(light)
    expect(weigh(`a\n\n${'1. '.repeat(20)}a`, light)).toBe(light)
  })
})

it.each([
  ['quotes', '>'.repeat(101)],
  ['quotes with spaces', `a\n\n${'> '.repeat(101)}`],
  ['items', `${'- '.repeat(101)}a`],
  ['numbers', `a\n${'1. '.repeat(101)}a`],
])('knows %s that no stack holds, and leaves the rest alone', (_, text) => {
  expect(isNestedTooDeeply(text)).toBe(true)
  expect(isNestedTooDeeply(text.slice(0, -30))).toBe(false)
  expect(isNestedTooDeeply(`x ${text}`)).toBe(text.includes('\n'))
})

it('stops counting where it is too much', () => {
  let read = 0
  const text = { length: 10, charCodeAt: () => 42 + 0 * read++ } as unknown as string
  expect(weigh(text, 100)).toBe(100)
  expect(read).toBeLessThan(10)
})
