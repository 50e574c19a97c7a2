import { expect, it } from 'vitest'
import { cutTable } from './long-table.ts'

const rows = (count: number) => Array.from({ length: count }, (_, i) => `| ${i} | some words in a cell |`).join('\n')
const table = (count: number) => `| n | words |\n| ---: | --- |\n${rows(count)}\n`

it('cuts a long table into tables with the same head, whose earlier ones stay as they are', () => {
  const before = cutTable(table(55))!
  const after = cutTable(table(62))!
  expect(before.rows).toBe(55)
  expect(before.parts).toHaveLength(11)
  expect(after.parts.slice(0, 10)).toEqual(before.parts.slice(0, 10))
  for (const part of after.parts) expect(part).toMatch(/^\| n \| words \|\n\| ---: \| --- \|\n\| \d/)
})

it('leaves short tables and everything that is no table alone', () => {
  expect(cutTable(table(5))).toBeUndefined()
  expect(cutTable('a | b, which is no table.\n'.repeat(200))).toBeUndefined()
  expect(cutTable(`Some words\n${table(60)}`)).toBeUndefined()
})
