import { describe, expect, it } from 'vitest'
import { fixtureBytes } from '../../../../../../fixtures/find-fixture.ts'
import { longestText } from './attachment.ts'
import { fileKind } from './file-kind.ts'
import { readFile } from './read-file.ts'

const bytes = (binary: string) => new Uint8Array(Buffer.from(binary, 'latin1'))

describe('a file is what its bytes say', () => {
  it.each([
    ['png-named.jpg', 'picture'],
    ['rotated-gps.jpg', 'picture'],
    ['turned.tif', 'picture'],
    ['form.pdf', 'pdf'],
    ['textbox.docx', 'zip'],
    ['latin1.csv', 'other'],
  ])('%s', (name, kind) => {
    expect(fileKind(fixtureBytes(`attachments/${name}`))).toBe(kind)
  })

  it('a PDF may have a mark before it', () => {
    expect(fileKind(bytes('\xef\xbb\xbf%PDF-1.7\n'))).toBe('pdf')
  })

  it('a HEIC picture is one', () => {
    expect(fileKind(bytes('\0\0\0\x18ftypheic\0\0\0\0'))).toBe('picture')
  })

  it('words that begin like a file of another kind are words', async () => {
    for (const text of ['BM is short for benchmark', 'MZ', 'ID3 tags are …', 'OTTO', 'Rar! A rarity'])
      expect(await readFile(new File([text], 'a.pdf'))).toMatchObject({ kind: 'text', file: { text } })
  })
})

it('a text is read as it stands, with what was guessed of it', async () => {
  expect(await readFile(new File(['\n  a < b\n'], 'a.txt'))).toEqual({
    kind: 'text',
    file: { name: 'a.txt', text: '\n  a < b\n' },
    from: 'text',
  })
  expect(await readFile(new File([fixtureBytes('attachments/latin1.csv')], 'latin1.csv'))).toMatchObject({
    file: { text: 'name;city\nJosé;München\n', note: expect.stringContaining('windows-1252') },
  })
})

describe('what cannot be read is refused with the reason', () => {
  it.each<[string, BlobPart, string]>([
    ['nothing', '', 'It is empty.'],
    ['blanks', ' \n\t', 'There is no text in it.'],
    ['too long a text', 'x'.repeat(longestText + 1), 'longer than 400 000 characters'],
    ['far too long a text', 'x'.repeat(longestText * 5), 'longer than 400 000 characters'],
    ['noise', new Uint8Array([0, 255, 254, 0]), 'neither text, a picture, a PDF nor a Word document'],
    ['an old Word document', bytes(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${'\0'.repeat(99)}`), 'DOCX or PDF'],
    ['a text of an encoding that nobody decodes', bytes('\xff\xfe\0\0a\0\0\0b\0\0\0c\0\0\0d\0\0\0'), 'UTF-32'],
    ['an archive', bytes('\x1f\x8b\x08\0\0\0\0\0\0\x03'), 'packed archive'],
    ['a program', bytes(`\x7fELF\x02\x01\x01${'\0'.repeat(99)}`), 'a program'],
    ['music', bytes(`ID3\x03\0\0\0\0\0\x21${'\0'.repeat(99)}`), 'a sound recording'],
  ])('%s', async (_, content, why) => {
    await expect(readFile(new File([content], 'a.txt'))).rejects.toThrow(why)
  })
})
