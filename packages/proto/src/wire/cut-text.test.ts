import { expect, it } from 'vitest'
import { cutText } from './cut-text.ts'

it.each([
  ['what is short enough', 'words', 5, 'words'],
  ['words', 'some words', 6, 'some w'],
  ['an emoji of two halves', 'ab😀cd', 3, 'ab'],
  ['a family', 'ab👨‍👩‍👧‍👦cd', 7, 'ab'],
  ['a flag', 'a🇩🇪b', 3, 'a'],
  ['a letter with its mark', 'cafe\u0301 au lait', 4, 'caf'],
  ['a syllable', 'नमस्ते', 3, 'नम'],
  ['endless marks', `a${'\u0301'.repeat(500)}`, 300, `a${'\u0301'.repeat(199)}`],
])('cuts %s', (_, text, most, shown) => {
  expect(cutText(text, most)).toBe(shown)
})
