import { ChangeSet, EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withChanges, withLineFeeds } from './line-ends.ts'
import { changesBetween } from './text-changes.ts'

const text = fc
  .array(fc.constantFrom('one', 'two ', '', '- three', '\u{1f600}', 'é'), { maxLength: 8 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((eol) => lines.join(eol)))

describe('the steps from one text to another', () => {
  it('make of the one the other', () => {
    fc.assert(
      fc.property(text.map(withLineFeeds), text.map(withLineFeeds), (from, to) => {
        const changes = ChangeSet.of(changesBetween(from, to), from.length)
        expect(changes.apply(EditorState.create({ doc: from }).doc).toString()).toBe(to)
      }),
      { numRuns: 2000 },
    )
  })

  it('leave a cursor between the letters it stands between', () => {
    const from = 'The first.\n\nThe second, and a cursor| here.\n\nThe third.\n'
    const to = 'A new one.\n\nThe first!\n\nThe second one, and a cursor| here.\n\nNone.\n'
    const changes = ChangeSet.of(changesBetween(from, to), from.length)
    expect(changes.mapPos(from.indexOf('|'), 1)).toBe(to.indexOf('|'))
  })
})

describe('a text whose lines end in another way than the editor has them', () => {
  const change = (text: string, from: number, to: number, insert: string) =>
    withChanges(text, ChangeSet.of({ from, to, insert }, withLineFeeds(text).length))

  it('keeps its line ends, but for those that were typed', () => {
    expect(change('a\r\nb\nc\r\n', 2, 3, 'x\ny')).toBe('a\r\nx\r\ny\nc\r\n')
    expect(change('a\nb', 1, 2, '\n\n')).toBe('a\n\nb')
    expect(change('a\r\nb', 1, 2, '')).toBe('ab')
  })
})
