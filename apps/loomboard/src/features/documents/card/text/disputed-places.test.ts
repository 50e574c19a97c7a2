import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { disputedPlaces, setDisputed } from './disputed-places.ts'

/** The lines that are marked, by what they begin with. */
function marked(doc: string, places: { from: number; to: number }[]): string[] {
  const { state } = EditorState.create({ doc, extensions: disputedPlaces }).update({ effects: setDisputed.of(places) })
  const lines: string[] = []
  state.field(disputedPlaces).between(0, doc.length, (from) => {
    lines.push(state.doc.lineAt(from).text)
  })
  return lines
}

test('marks every line that a place touches, once', () => {
  const doc = 'one\ntwo\nthree\nfour'
  expect(marked(doc, [{ from: 5, to: 9 }])).toEqual(['two', 'three'])
  expect(marked(doc, [{ from: 4, to: 8 }])).toEqual(['two'])
  const twice = [
    { from: 14, to: 15 },
    { from: 0, to: 2 },
    { from: 1, to: 3 },
  ]
  expect(marked(doc, twice)).toEqual(['one', 'four'])
})

test('marks the line where something was taken away', () => {
  expect(marked('one\ntwo', [{ from: 4, to: 4 }])).toEqual(['two'])
  expect(marked('', [{ from: 0, to: 0 }])).toEqual([''])
})

test('places that the editor has not got yet are the last line', () => {
  expect(marked('one\ntwo', [{ from: 5, to: 400 }])).toEqual(['two'])
  expect(marked('one\ntwo', [{ from: 300, to: 400 }])).toEqual(['two'])
})
