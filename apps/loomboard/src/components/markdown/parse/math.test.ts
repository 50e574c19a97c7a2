import { describe, expect, it } from 'vitest'
import { displayMath, fenceMath, inlineMath } from './math.ts'

const read = (text: string) => fenceMath(text).replaceAll(inlineMath, 'M:').replaceAll(displayMath, 'D:')

describe('mathematics', () => {
  it('is found in every way models write it', () => {
    expect(read('Let $x^2$ be.')).toBe('Let `M:x^2` be.')
    expect(read('Let \\(x + 1\\) be.')).toBe('Let `M:x + 1` be.')
    expect(read('So $$a = b$$ holds.')).toBe('So `D:a = b` holds.')
    expect(read('$$\na = b\n$$')).toBe('```math\na = b\n```')
    expect(read('Then\n\n\\[\n\\int_0^1 x\n\\]\n\nend')).toBe('Then\n\n```math\n\\int_0^1 x\n```\n\nend')
    expect(read('- item\n  $$a$$\n')).toBe('- item\n  ```math\n  a\n  ```\n')
    expect(read('the variable $n$ and $f(n)$')).toBe('the variable `M:n` and `M:f(n)`')
  })

  it.each([
    'It costs $5 and $10.',
    'from $20 to $30 (or US$40)',
    '$HOME/bin and $PATH',
    'A price of \\$5 and \\$6',
    'one $ sign',
    '`$x^2$` is how it is written',
    '```tex\n$$a$$\n```',
    '~~~\n\\[a\\]\n~~~\n',
    '```sh\necho $a_b $c_d',
  ])('is not seen in %j', (text) => {
    expect(fenceMath(text)).toBe(text)
  })
})
