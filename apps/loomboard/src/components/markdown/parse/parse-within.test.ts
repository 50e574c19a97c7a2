import { expect, it } from 'vitest'
import { parseWithin } from './parse-within.ts'

const most = { nodes: 500, depth: 60 }

it('has the tree of what is of a usual size, and nothing in it that only the parser needs', () => {
  const answer = parseWithin('Some **bold** words.', most)
  expect(JSON.stringify(answer)).toContain('"tagName":"strong"')
  expect(JSON.stringify(answer)).not.toContain('position')
})

it.each([
  ['quotes', '>'.repeat(200)],
  ['lists', `${'- '.repeat(200)}deep`],
  ['emphasis', `${'*a _b '.repeat(100)}deep${' b_ a*'.repeat(100)}`],
])('refuses %s nested deeply', (_, text) => {
  expect(parseWithin(text, most)).toEqual({ refused: 'nested' })
})

it('refuses a paragraph that is one endless text', () => {
  expect(parseWithin('ab '.repeat(8000), most)).toEqual({ refused: 'large' })
  expect(parseWithin('ab '.repeat(6000), most)).toHaveProperty('tree')
})

it('counts a formula as what it will be', () => {
  expect(parseWithin('$x^2$ '.repeat(40), most)).toEqual({ refused: 'large' })
  expect(parseWithin('`x^2` '.repeat(40), most)).toHaveProperty('tree')
})
