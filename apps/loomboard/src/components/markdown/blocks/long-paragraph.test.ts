import { describe, expect, it } from 'vitest'
import { isLongParagraph, ParagraphCutter } from './long-paragraph.ts'

const sentences = (count: number, sentence = 'This **is** a sentence of `some` length, and it *goes* on. ') =>
  sentence.repeat(count)

describe('a long paragraph', () => {
  it('is cut where a clause ends and nothing is open, and loses no character', () => {
    const cutter = new ParagraphCutter()
    const text = sentences(60)
    cutter.update(text)
    expect(cutter.pieces.length).toBeGreaterThan(3)
    expect(cutter.pieces.map((piece) => piece.text).join('') + cutter.rest.text).toBe(text)
    for (const { text: piece } of cutter.pieces) expect(piece).toMatch(/^\p{L}.*[.,] $/su)
  })

  it('keeps its pieces while it grows', () => {
    const cutter = new ParagraphCutter()
    const text = sentences(80)
    const seen: string[] = []
    for (let length = 100; length <= text.length; length += 37) {
      cutter.update(text.slice(0, length))
      for (const [i, piece] of cutter.pieces.entries()) expect(piece.text).toBe((seen[i] ??= piece.text))
    }
    expect(seen.length).toBeGreaterThan(4)
  })

  it('is never cut inside bold text, code or a link', () => {
    const cutter = new ParagraphCutter()
    cutter.update(`**${sentences(20, 'bold words, and more of them. ')}** and ${sentences(20)}`)
    expect(cutter.pieces[0]?.text).toMatch(/^\*\*bold.*\*\*/s)
  })

  it('is not cut where its lines are so short that drawing them would take long, however far it has come', () => {
    const cutter = new ParagraphCutter()
    const lines = 'a\n'.repeat(2000)
    for (let length = 100; length <= lines.length; length += 100) cutter.update(lines.slice(0, length))
    expect(cutter.pieces).toEqual([])
    cutter.update('A line of a poem,\nand another of it\n'.repeat(60))
    expect(cutter.pieces.length).toBeGreaterThan(2)
  })

  it('is told from lists, tables, quotes, headings and code', () => {
    const long = sentences(40)
    expect(isLongParagraph(long)).toBe(true)
    for (const start of ['- ', '1. ', '> ', '# ', '    ', '| a | b |\n| - | - |\n', '<div>\n'])
      expect(isLongParagraph(start + long), start).toBe(false)
    expect(isLongParagraph(`${long}\n---`)).toBe(false)
    expect(isLongParagraph('short')).toBe(false)
  })
})
