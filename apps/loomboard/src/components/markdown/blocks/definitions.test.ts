import { expect, it } from 'vitest'
import { definitionsIn } from './definitions.ts'

const many = (count: number, line: (n: number) => string) => Array.from({ length: count }, (_, n) => line(n)).join('\n')

it('finds definitions wherever they stand', () => {
  expect(definitionsIn('[a]: /x "t"\n[b c]: <y z>\n')).toBe('[a]: </x> "t"\n[b c]: <y z>\n')
  expect(definitionsIn('> [a]: /x\n\n- [b]: /y\n')).toBe('[a]: </x>\n[b]: </y>\n')
  expect(definitionsIn('words\n[a]: /x\n')).toBe('')
  expect(definitionsIn('[^1]: a note, and more of it')).toBe('')
})

it('finds as many in a text that takes too long to parse, where each has a line to itself', () => {
  const found = definitionsIn(many(300, (n) => `[r${n}]: http://example.com/${n}`))
  expect(found).toBe(`${many(300, (n) => `[r${n}]: <http://example.com/${n}>`)}\n`)
  const list = `- ${'words '.repeat(600)}\n\n  [a]: /x\n\n> [b]: /y\n\nwords\n[c]: /z\n`
  expect(definitionsIn(list)).toBe('[a]: </x>\n[b]: </y>\n')
})
