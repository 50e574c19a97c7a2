import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'
import { continuedList } from './continue-list.ts'

/** What Enter makes of a text whose cursor is at `|`; undefined where it is an ordinary new line. */
function enter(text: string): string | undefined {
  const at = text.indexOf('|')
  const state = EditorState.create({ doc: text.replace('|', ''), selection: { anchor: at } })
  const next = continuedList(state)
  if (!next) return undefined
  const after = state.update(next).state
  const { head } = after.selection.main
  return `${after.sliceDoc(0, head)}|${after.sliceDoc(head)}`
}

it('a new line in a list is an item of it', () => {
  expect(enter('- one|')).toBe('- one\n- |')
  expect(enter('  9. nine| and more')).toBe('  9. nine\n  10. | and more')
  expect(enter('> * [x] done|')).toBe('> * [x] done\n> * [ ] |')
})

it('an item that says nothing ends the list', () => {
  expect(enter('- one\n- |')).toBe('- one\n|')
  expect(enter('- [ ] |')).toBe('|')
})

it('elsewhere it is a new line', () => {
  expect(enter('one|')).toBeUndefined()
  expect(enter('|- one')).toBeUndefined()
})
