// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { insertText, readPasted } from './pasted.ts'

const picture = new File(['x'], 'image.png', { type: 'image/png' })
const clipboard = (files: File[], data: Record<string, string>) => ({
  files: files as unknown as FileList,
  getData: (type: string) => data[type] ?? '',
})
const cells = (rows: string[][]) =>
  `<html><head><style>td{color:red}</style></head><body><!--StartFragment--><table><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table><!--EndFragment--></body></html>`

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

  it('of a spreadsheet is a table', () => {
    const html = cells([
      ['Name', 'Price'],
      ['Tea | green', '<b>$5</b>'],
      ['Milk<br>fresh', 'C:\\a'],
    ])
    expect(readPasted(clipboard([picture], { 'text/plain': 'Name\tPrice\n…', 'text/html': html }))).toEqual({
      text: '| Name | Price |\n| --- | --- |\n| Tea \\| green | $5 |\n| Milk fresh | C:\\\\a |',
    })
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
    ['words', '<p>words</p>'],
  ])('stays the plain text it is for %s', (_, html) => {
    expect(readPasted(clipboard([], { 'text/plain': 'plain', 'text/html': html }))).toBeUndefined()
  })

  it('goes where the caret is, apart from the words before it', () => {
    const field = document.createElement('textarea')
    field.value = 'before'
    field.setSelectionRange(6, 6)
    insertText(field, '| a |')
    expect(field.value).toBe('before\n\n| a |\n')
  })
})
