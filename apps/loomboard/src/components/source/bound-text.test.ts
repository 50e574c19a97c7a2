import { ChangeSet, EditorState, type TransactionSpec } from '@codemirror/state'
import { EditorView, type ViewUpdate } from '@codemirror/view'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BoundText } from './bound-text.ts'
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

/** An editor without a screen, over a text that others write, too. */
function anEditor(start: string) {
  let shared = start
  const bound = new BoundText({
    read: () => shared,
    write: (text) => {
      shared = text
    },
  })
  let state = EditorState.create({ doc: bound.text, extensions: bound.extension })
  const view = {
    composing: false,
    dispatch(spec: TransactionSpec) {
      const transaction = state.update(spec)
      state = transaction.state
      for (const listen of state.facet(EditorView.updateListener))
        listen({ transactions: [transaction] } as unknown as ViewUpdate)
    },
  }
  bound.attach(view as unknown as EditorView)
  const put = (text: string, at: number, word: string) => {
    const place = at % (text.length + 1)
    return `${text.slice(0, place)}${word}${text.slice(place)}`
  }
  return {
    type: (at: number, word: string) => view.dispatch({ changes: { from: at % (state.doc.length + 1), insert: word } }),
    others(at: number, word: string) {
      shared = put(shared, at, word)
      bound.look()
    },
    compose: (isComposing: boolean) => {
      view.composing = isComposing
      bound.look()
    },
    texts: () => ({ editor: state.doc.toString(), shared }),
  }
}

it('an editor and what others write come to the same text, also while a letter is composed', () => {
  const step = fc.tuple(fc.constantFrom('type', 'others', 'compose', 'done'), fc.nat(40))
  fc.assert(
    fc.property(text.map(withLineFeeds), fc.array(step, { maxLength: 30 }), (start, steps) => {
      const editor = anEditor(start)
      let letters = 0
      for (const [does, at] of steps) {
        if (does === 'type' || does === 'others') editor[does](at, String.fromCodePoint(0x4e00 + letters++))
        else editor.compose(does === 'compose')
      }
      editor.compose(false)
      const { editor: here, shared } = editor.texts()
      expect(here).toBe(shared)
      for (let i = 0; i < letters; i++) expect(shared).toContain(String.fromCodePoint(0x4e00 + i))
    }),
    { numRuns: 1000 },
  )
})
