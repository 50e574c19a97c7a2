import { expect, it } from 'vitest'
import { withoutCode } from './code-spans.ts'

it.each([
  ['a `b` c', 'a  c', undefined],
  ['a ``b ` c`` d', 'a  d', undefined],
  ['a `b', 'a `b', '`'],
  ['a ``b` c', 'a ``b` c', '``'],
  ['`a` ``b', ' ``b', '``'],
  ['plain', 'plain', undefined],
])('%j is %j without its code, and %j is open', (text, plain, open) => {
  expect(withoutCode(text)).toEqual({ plain, open })
})
