import { expect, it } from 'vitest'
import { unifiedDiff } from '../../../../../components/unified-diff.ts'
import { mergeText } from '../../../writing/merge/merge-text.ts'
import { disputedIn } from './places.ts'

it('a place is where it stands in the editor, under its heading', () => {
  const text = (one: string, two: string) => `# Head\r\n\r\n${one}\r\n\r\n## Other\r\n\r\n${two}\r\n`
  const pieces = mergeText(text('a', 'b'), text('a, mine', 'b, mine'), text('a, theirs', 'b, theirs'))
  const mine = text('a, mine', 'b, mine').replaceAll('\r\n', '\n')
  const places = disputedIn(pieces)
  expect(places.map(({ from, to }) => mine.slice(from, to))).toEqual(['a, mine\n', 'b, mine\n'])
  expect(places.map(({ under }) => under)).toEqual(['Head', 'Other'])
})

it('what was changed is told line by line', () => {
  expect(unifiedDiff('a\nb\nc\n', 'a\nB\nc\n')).toBe('@@ -1,3 +1,3 @@\n a\n-b\n+B\n c')
})
