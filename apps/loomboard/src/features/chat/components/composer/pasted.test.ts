// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { insertTable, insertText, readPasted } from './pasted.ts'

const picture = new File(['x'], 'image.png', { type: 'image/png' })
const clipboard = (files: File[], data: Record<string, string>) => ({
  files: files as unknown as FileList,
  getData: (type: string) => data[type] ?? '',
})
const cells = (rows: string[][]) =>
  `<html><head><style>td{color:red}</style></head><body><!--StartFragment--><table><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table><!--EndFragment--></body></html>`

/** What comes of it in an empty field. */
async function typed(files: File[], data: Record<string, string>): Promise<string> {
  const field = document.createElement('textarea')
  const pasted = readPasted(clipboard(files, data))
  if (pasted && 'html' in pasted) await insertTable(field, pasted)
  return field.value
}

describe('what is pasted', () => {
  it('is a picture where there is nothing but one', () => {
    expect(readPasted(clipboard([picture], { 'text/html': '<img src="https://a.example/p.png">' }))).toEqual({
      files: [picture],
    })
  })

  it('is the text, and not the picture of it that a word processor adds', () => {
    const word = { 'text/plain': 'Some words', 'text/html': '<p>Some <b>words</b></p>' }
    expect(readPasted(clipboard([picture], word))).toBeUndefined()
  })

  it('is the file where the text is only its name', () => {
    const file = new File(['x'], 'plan b.pdf')
    for (const text of ['plan b.pdf', '/Users/a/plan b.pdf', 'C:\\a\\plan b.pdf', 'file:///a/plan%20b.pdf'])
      expect(readPasted(clipboard([file], { 'text/plain': text })), text).toEqual({ files: [file] })
  })

  it('of a spreadsheet is a table', async () => {
    const html = cells([
      ['Name', 'Price'],
      ['Tea | green', '<b>$5</b>'],
      ['Milk<br>fresh', 'C:\\a'],
    ])
    expect(await typed([picture], { 'text/plain': 'Name\tPrice\n…', 'text/html': html })).toBe(
      '| Name | Price |\n| --- | --- |\n| Tea \\| green | $5 |\n| Milk fresh | C:\\\\a |\n',
    )
  })

  it.each([
    ['a single cell', cells([['one']])],
    ['a row', cells([['one', 'two']])],
    ['a column', cells([['one'], ['two']])],
    [
      'a table among words',
      `${cells([
        ['a', 'b'],
        ['c', 'd'],
      ]).replace('<!--End', '<p>words</p><!--End')}`,
    ],
  ])('stays the plain text it is for %s', async (_, html) => {
    expect(await typed([], { 'text/plain': 'plain', 'text/html': html })).toBe('plain')
  })

  it('is left to the browser where no table is in it', () => {
    expect(readPasted(clipboard([], { 'text/plain': 'words', 'text/html': '<p>words</p>' }))).toBeUndefined()
  })

  it('goes where the caret is, apart from the words before it', () => {
    const field = document.createElement('textarea')
    field.value = 'before'
    field.setSelectionRange(6, 6)
    insertText(field, '| a |')
    expect(field.value).toBe('before\n\n| a |\n')
  })
})
