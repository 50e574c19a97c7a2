import { expect, it } from 'vitest'
import { foundIn } from './found-lines.ts'

it('what was found stands with its file, with what is around it, over gaps', () => {
  const result = [
    'a/b.ts-1-import',
    'a/b.ts:2:let x = 1',
    '--',
    'a/b.ts:9:x: 2:3:',
    'c-1.md:4:x',
    '[the first 3 are shown; there are more]',
  ]
  expect(foundIn(result.join('\n'))).toEqual({
    files: [
      {
        path: 'a/b.ts',
        lines: [
          { number: 1, text: 'import', isMatch: false },
          { number: 2, text: 'let x = 1', isMatch: true },
          { number: 9, text: 'x: 2:3:', isMatch: true },
        ],
      },
      { path: 'c-1.md', lines: [{ number: 4, text: 'x', isMatch: true }] },
    ],
    note: 'The first 3 are shown; there are more.',
  })
})

it('a name with numbers in it stays that of the file before', () => {
  const { files } = foundIn('log-2026-01.txt:3:x\nlog-2026-01.txt-4-y')
  expect(files).toHaveLength(1)
  expect(files[0]!.lines.map(({ number }) => number)).toEqual([3, 4])
})
