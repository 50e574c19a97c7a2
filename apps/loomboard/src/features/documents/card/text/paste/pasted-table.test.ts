// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { pastedTable } from './pasted-table.ts'

const fromHtml = (html: string) => pastedTable({ html, text: '' })
const fromText = (text: string) => pastedTable({ html: '', text })

it('cells from a spreadsheet are a table', () => {
  expect(fromText('Name\tDue\r\nPlan | B\t\r\n')).toBe('| Name | Due |\n| --- | --- |\n| Plan \\| B |  |')
})

it('a table from a page is one, also with cells that are missing', () => {
  const html = '<meta><table><tr><th>A <b>b</b></th><th>C</th></tr><tr><td>1\n2</td></tr></table>'
  expect(fromHtml(html)).toBe('| A b | C |\n| --- | --- |\n| 1 2 |  |')
})

it('text with a tab in it, and a table among other words, are what they are', () => {
  expect(fromText('one\ttwo')).toBeUndefined()
  expect(fromText('a\tb\nc')).toBeUndefined()
  expect(fromHtml('<p>Look:</p><table><tr><td>1</td></tr></table>')).toBeUndefined()
  expect(pastedTable({ html: '<p>a</p>', text: 'a' })).toBeUndefined()
})
