import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Beginning } from './beginning.ts'

/** As it is said. */
function plainly(whole: string, text: string): number {
  for (let length = Math.min(whole.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(whole.slice(0, length))) return length
  }
  return 0
}

/** How often a character of the text is read. */
function reads(whole: string, text: string): number {
  let n = 0
  const charCodeAt = (at: number) => {
    n++
    return text.charCodeAt(at)
  }
  new Beginning(whole).endOf({ length: text.length, charCodeAt }, 0)
  return n
}

describe('the beginning of a secret at the end of a text', () => {
  it('is the longest there is, short of all of it', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', 'aab'), minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(few, few, (whole, text) => {
        expect(new Beginning(whole).endOf(text, 0)).toBe(plainly(whole, text))
      }),
    )
  })

  it('is found by reading each character once, however often it begins', () => {
    for (const length of [1000, 2000]) {
      expect(reads(`${'a'.repeat(length)}b`, `${'a'.repeat(length - 1)}c`)).toBe(length)
      expect(reads(`${'ab'.repeat(length)}c`, 'ab'.repeat(length / 2))).toBe(length)
    }
  })
})
