import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBlocks } from './blocks.ts'
import { agreedText, mergeText, textOf } from './merge-text.ts'

const clean = (base: string, mine: string, theirs: string) => agreedText(mergeText(base, mine, theirs))
const disputed = (base: string, mine: string, theirs: string) =>
  mergeText(base, mine, theirs).flatMap((piece) => (piece.kind === 'conflict' ? [piece] : []))

describe('two who write the same text', () => {
  it('in different paragraphs have both of it', () => {
    expect(clean('One.\n\nTwo.\n', 'One, mine.\n\nTwo.\n', 'One.\n\nTwo, theirs.\n')).toBe(
      'One, mine.\n\nTwo, theirs.\n',
    )
  })

  it('in list items and table rows that stand side by side have both, too', () => {
    expect(clean('- a\n- b\n- c\n', '- a!\n- b\n- c\n', '- a\n- b!\n- c\n')).toBe('- a!\n- b!\n- c\n')
    expect(clean('a | b\n--|--\n1 | 2\n3 | 4\n', 'a | b\n--|--\n1 | x\n3 | 4\n', 'a | b\n--|--\n1 | 2\n3 | y\n')).toBe(
      'a | b\n--|--\n1 | x\n3 | y\n',
    )
  })

  it('may go on from what the other has changed', () => {
    expect(clean('The end.', 'The very end.', 'The end.\n\nAnd more.')).toBe('The very end.\n\nAnd more.')
  })

  it('in the same paragraph decide themselves', () => {
    expect(disputed('A.\n\nOne two.\n\nB.\n', 'A.\n\nOne, two.\n\nB.\n', 'A.\n\nOne. Two.\n\nB.\n')).toEqual([
      { kind: 'conflict', base: 'One two.\n', mine: 'One, two.\n', theirs: 'One. Two.\n' },
    ])
  })

  it('in lines of one paragraph decide as well: a sentence may go over both', () => {
    expect(disputed('a\nb\nc\n', 'a!\nb\nc\n', 'a\nb\nc!\n')).toHaveLength(1)
  })

  it('decide, too, where one goes on from what the other has taken away', () => {
    expect(clean('One.\n', '', 'One.\n\nTwo.\n')).toBeUndefined()
    expect(clean('One.\n\nTwo.\n', 'One.\n\n', 'One.\n\nTwo.\n\nThree.\n')).toBeUndefined()
  })

  it('and add different things in the same place decide which is first', () => {
    expect(disputed('A\n', 'A\n\nMine\n', 'A\n\nTheirs\n')).toEqual([
      { kind: 'conflict', base: '', mine: 'Mine\n', theirs: 'Theirs\n' },
    ])
  })

  it('and add the same have it once, and what one of them adds besides', () => {
    expect(clean('A\n', 'A\n\nX\n', 'A\n\nX\n')).toBe('A\n\nX\n')
    expect(clean('A\n', 'A\n\nX\n', 'A\n\nX\n\nY\n')).toBe('A\n\nX\n\nY\n')
  })

  it('in code decide about lines that touch', () => {
    const code = (...lines: string[]) => ['```ts', ...lines, '```', ''].join('\n')
    expect(clean(code('a', 'b', 'c'), code('a!', 'b', 'c'), code('a', 'b', 'c!'))).toBe(code('a!', 'b', 'c!'))
    expect(clean(code('a', 'b', 'c'), code('a!', 'b', 'c'), code('a', 'b!', 'c'))).toBeUndefined()
  })

  it('leave ends of lines and of the text as they are', () => {
    expect(clean('a  \r\n\r\nb\t', 'a  \r\n\r\nb!\t', 'A  \r\n\r\nb\t')).toBe('A  \r\n\r\nb!\t')
    expect(clean('a\n\nb', 'a\n\nb\n', 'A\n\nb')).toBe('A\n\nb\n')
    expect(clean('a\n\nb\n', 'a\n\nb', 'A\n\nb\n')).toBe('A\n\nb')
  })
})

describe('a body of half a megabyte', () => {
  const paragraph = (i: number) => `Paragraph ${i} of very many, ${'with some words in it, '.repeat(4)}and an end.\n\n`
  const text = Array.from({ length: 4000 }, (_, i) => paragraph(i)).join('')

  it('is merged', () => {
    expect(text.length).toBeGreaterThan(450_000)
    const [mine, theirs] = [text.replace('Paragraph 7 ', 'Mine 7 '), text.replace('Paragraph 3999 ', 'Theirs 3999 ')]
    expect(clean(text, mine, theirs)).toBe(mine.replace('Paragraph 3999 ', 'Theirs 3999 '))
  })

  it('of which nothing is left is one thing to decide about', () => {
    const other = (who: string) => text.replaceAll('Paragraph', who)
    expect(disputed(text, other('Mine'), other('Theirs'))).toHaveLength(1)
  })
})

const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', '')
const line = fc
  .tuple(fc.constantFrom('', '', '- ', '1. ', '# ', '> ', '| ', '```', '    '), word)
  .map((it) => it.join(''))
const text = fc
  .tuple(fc.array(line, { maxLength: 10 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, eol, isEnded]) => lines.join(eol) + (isEnded ? eol : ''))
/** Changes of a text that are marked as whose they are. */
const edits = fc.array(fc.tuple(fc.nat(11), fc.constantFrom('change', 'add', 'remove')), { maxLength: 4 })
function editedBy(who: string, text: string, changes: readonly (readonly [number, string])[]): string {
  const lines = text.split('\n')
  changes.forEach(([at, does], i) => {
    const line = lines[at]
    if (line === undefined) return
    if (does === 'remove') lines.splice(at, 1)
    else lines.splice(at, does === 'add' ? 0 : 1, `${does === 'add' ? '' : line} ${who}${i}`)
  })
  return lines.join('\n').replace(/\r$/, '')
}
const race = fc.tuple(text, edits, edits).map(([base, a, b]) => ({
  base,
  mine: editedBy('mine', base, a),
  theirs: editedBy('theirs', base, b),
}))
const said = (text: string, who: string) => text.match(RegExp(`${who}\\d`, 'g')) ?? []

describe('any merge', () => {
  it('is of blocks that are the text', () => {
    fc.assert(
      fc.property(text, (text) => {
        const { blocks, isEnded } = toBlocks(text)
        const whole = blocks.map((block) => block.text).join('')
        expect(isEnded ? whole : whole.replace(/\r?\n$/, '')).toBe(text)
      }),
    )
  })

  it('has all that either of them has written, in what is agreed or in what is to be decided', () => {
    fc.assert(
      fc.property(race, ({ base, mine, theirs }) => {
        const pieces = mergeText(base, mine, theirs)
        for (const word of said(mine, 'mine')) expect(textOf(pieces, 'mine')).toContain(word)
        for (const word of said(theirs, 'theirs')) expect(textOf(pieces, 'theirs')).toContain(word)
        const agreed = agreedText(pieces)
        if (agreed !== undefined) for (const word of said(theirs, 'theirs')) expect(agreed).toContain(word)
      }),
      { numRuns: 3000 },
    )
  })

  it('keeps each line that neither of them has touched', () => {
    const lines = (text: string) => text.split(/\r?\n/)
    fc.assert(
      fc.property(race, ({ base, mine, theirs }) => {
        const pieces = mergeText(base, mine, theirs)
        const merged = lines(`${textOf(pieces, 'mine')}\n${textOf(pieces, 'theirs')}`)
        for (const line of new Set(lines(base))) {
          if (line === '') continue
          const times = (text: string) => lines(text).filter((each) => each === line).length
          const lost =
            times(base) - Math.min(times(base), times(mine)) + times(base) - Math.min(times(base), times(theirs))
          expect(merged.filter((each) => each === line).length).toBeGreaterThanOrEqual(times(base) - lost)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('is the same whoever comes first, where nothing is to be decided', () => {
    fc.assert(
      fc.property(race, ({ base, mine, theirs }) => {
        expect(clean(base, mine, theirs)).toBe(clean(base, theirs, mine))
      }),
      { numRuns: 3000 },
    )
  })

  it('has of a side that changed nothing nothing but what the other has made of it', () => {
    fc.assert(
      fc.property(race, ({ base, mine }) => {
        expect(clean(base, mine, base)).toBe(mine)
        expect(clean(base, base, mine)).toBe(mine)
        expect(clean(base, mine, mine)).toBe(mine)
      }),
    )
  })

  it('says of their side what they have written', () => {
    fc.assert(
      fc.property(race, ({ base, mine, theirs }) => {
        const whole = mergeText(base, mine, theirs)
          .map((piece) => piece.theirs)
          .join('')
        expect(whole.replace(/\r?\n$/, '')).toBe(theirs.replace(/\r?\n$/, ''))
      }),
      { numRuns: 3000 },
    )
  })
})
