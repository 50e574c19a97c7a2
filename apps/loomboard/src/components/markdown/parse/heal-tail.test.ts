import { expect, it } from 'vitest'
import { healTail } from './heal-tail.ts'

it.each([
  ['some **bo', 'some **bo**'],
  ['some **bold**', 'some **bold**'],
  ['some *it', 'some *it*'],
  ['**bold** and *it', '**bold** and *it*'],
  ['a ~~str', 'a ~~str~~'],
  ['use `co', 'use `co`'],
  ['use `a*b` and', 'use `a*b` and'],
  ['see [the do', 'see the do'],
  ['see [docs](https://exa', 'see docs'],
  ['see [docs](https://example.org) and', 'see [docs](https://example.org) and'],
  ['2 * 3 = 6', '2 * 3 = 6'],
  ['snake_case_name', 'snake_case_name'],
  ['ends with **', 'ends with '],
  ['a\n- one\n-', 'a\n- one\n'],
  ['para\n--', 'para'],
  ['done.\n\nnext **x', 'done.\n\nnext **x**'],
])('%j shows as %j', (text, shown) => {
  expect(healTail(text)).toBe(shown)
})
