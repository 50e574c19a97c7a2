import { describe, expect, it } from 'vitest'
import { terminalLines } from './ansi.ts'

const texts = (output: string) => terminalLines(output).map((pieces) => pieces.map(({ text }) => text).join(''))
const e = '\x1b'

describe('what a terminal shows', () => {
  it('has colours until they are taken back, over the end of a line', () => {
    expect(terminalLines(`${e}[31mred\nstill${e}[0m plain${e}[1;32mgreen`)).toEqual([
      [{ text: 'red', color: 'var(--danger)' }],
      [
        { text: 'still', color: 'var(--danger)' },
        { text: ' plain' },
        { text: 'green', bold: true, color: 'var(--code-token-string)' },
      ],
    ])
  })

  it('has bright colours, colours by number and by their parts as the one of ours that is most like them', () => {
    const color = (codes: string) => terminalLines(`${e}[${codes}mx`)[0]![0]!.color
    expect(color('91')).toBe('var(--danger)')
    expect(color('38;5;9')).toBe('var(--danger)')
    expect(color('38;5;21')).toBe('var(--code-token-function)')
    expect(color('38;2;250;40;30')).toBe('var(--danger)')
    expect(color('38;2;0;200;190')).toBe('var(--code-token-parameter)')
    expect(color('38;5;240')).toBe('var(--code-token-comment)')
    expect(color('97')).toBeUndefined()
    expect(color('38;5;9;1')).toBe('var(--danger)')
  })

  it('takes back one way of drawing and leaves the others', () => {
    expect(terminalLines(`${e}[1;4;7;33mx${e}[24;27my${e}[22;39mz`)[0]).toEqual([
      { text: 'x', bold: true, underlined: true, marked: true, color: 'var(--code-token-constant)' },
      { text: 'y', bold: true, color: 'var(--code-token-constant)' },
      { text: 'z' },
    ])
  })

  it('shows of a line that was written over what stands there at last', () => {
    expect(texts('10 %\r50 %\r100 %\nnext\r\nlast\r\r\n')).toEqual(['100 %', 'next', 'last', ''])
  })

  it('leaves out what moves, names or rings, and every other control', () => {
    expect(texts(`${e}[2J${e}[1;1Ha${e}]0;title\x07b${e}]8;;http://x${e}\\link${e}(Bc\x07\x00d`)).toEqual(['ablinkcd'])
  })

  it('comes to an end with whatever it is given', () => {
    expect(texts(`${e}[${';'.repeat(100_000)}m`)[0]!.length).toBeGreaterThan(0)
    expect(texts(`${e}[38;5mx${e}[38mx${e}[48;2mx`).join('')).toBe('xxx')
  })
})
