import { describe, expect, it } from 'vitest'
import { countLines, foldedLength, TextChunker } from './text-chunks.ts'

const whole = (chunker: TextChunker) => chunker.chunks.join('') + chunker.rest

describe('a long text in chunks', () => {
  it.each([
    ['lines', 'a line of code\n'.repeat(5000)],
    ['one line', 'x'.repeat(50_000)],
    ['words', 'some words '.repeat(5000)],
    ['empty lines', '\n'.repeat(5000)],
    ['pairs', '😀'.repeat(10_000)],
  ])('of %s loses nothing, and keeps its chunks while it grows', (_, text) => {
    const chunker = new TextChunker()
    const seen: string[] = []
    for (let length = 0; length <= text.length; length += 997) {
      chunker.update(text.slice(0, length))
      expect(whole(chunker)).toBe(text.slice(0, length))
      for (const [i, chunk] of chunker.chunks.entries()) expect(chunk).toBe((seen[i] ??= chunk))
    }
    expect(seen.length).toBeGreaterThan(3)
    for (const chunk of seen) expect(chunk.length).toBeLessThanOrEqual(4001)
    for (const chunk of seen) expect(chunk).not.toMatch(/^[\udc00-\udfff]/)
  })

  it('ends a chunk with a line, or at least with a word', () => {
    const chunker = new TextChunker()
    chunker.update('some words '.repeat(1000))
    expect(chunker.chunks[0]).toMatch(/ $/)
    chunker.update(`${'words and\n'.repeat(1000)}`)
    expect(chunker.chunks[0]).toMatch(/\n$/)
  })

  it('never looks for the end of a line further than a chunk may go', () => {
    class LongLine extends String {
      override indexOf(): never {
        throw new Error('the whole text was searched')
      }
      override lastIndexOf(): never {
        throw new Error('the whole text was searched')
      }
    }
    const text = 'x'.repeat(50_000)
    const chunker = new TextChunker()
    chunker.update(new LongLine(text) as unknown as string)
    expect(whole(chunker)).toBe(text)
  })

  it('starts over with another text', () => {
    const chunker = new TextChunker()
    chunker.update('a\n'.repeat(1000))
    chunker.update('b\n'.repeat(500))
    expect(whole(chunker)).toBe('b\n'.repeat(500))
  })
})

it('folds what is much longer than can be read at once', () => {
  expect(foldedLength('a\n'.repeat(100), 10, 1000)).toBe(19)
  expect(foldedLength('a'.repeat(5000), 10, 1000)).toBe(1000)
  expect(foldedLength('a\n'.repeat(11), 10, 1000)).toBeUndefined()
  expect(countLines('a\nb\n')).toBe(3)
})
