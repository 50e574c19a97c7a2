import { expect, it } from 'vitest'
import { estimateTokens, fromText, picturesOf, type Typed, toSegments, toText } from './typed.ts'

const message: Typed = {
  text: 'Please read this',
  files: [
    { name: 'notes.txt', text: '\n  one: <b>\n  two\n\n' },
    { name: 'scan.pdf', text: '[page 1]\n', note: 'Page 2 has no text: it is a picture, which was left out.' },
    { name: 'moving.gif', text: '', note: 'Of its pictures only the first is sent.' },
    { name: 'brackets.txt', text: '[one]\n\n[two]' },
    { name: 'odd "name".md', text: 'some\n```ts\ncode\n```\nmore' },
  ],
}
const read = { ...message, files: message.files.with(-1, { ...message.files.at(-1)!, name: 'odd ”name”.md' }) }

it('comes back from the log as it was sent', () => {
  expect(fromText(toText(message))).toEqual(read)
  expect(fromText('Just words about an Attached file')).toEqual({
    text: 'Just words about an Attached file',
    files: [],
  })
})

it('sends files as blocks of somebody else’s words, and pictures as images', () => {
  const picture = { mediaType: 'image/png' as const, data: 'AAAA' }
  const segments = toSegments(message, [picture])
  expect(segments[0]!.content.map(({ type }) => type)).toEqual([
    'trusted-text',
    ...message.files.map(() => 'untrusted-block'),
    'image',
  ])
  expect(picturesOf(segments)).toEqual([picture])
})

it('is drawn the same by its sender and by everybody who reads the log', () => {
  const [segment] = toSegments(message, [])
  const logged = segment!.content.map((block) => ('text' in block ? block.text : '')).join('\n')
  expect(logged).toBe(toText(message))
})

it('is counted roughly', () => {
  expect(estimateTokens({ text: 'x'.repeat(400), files: [] }, [])).toBe(100)
  expect(estimateTokens({ text: '', files: [] }, [{ mediaType: 'image/png', data: '' }])).toBeGreaterThan(1000)
})
