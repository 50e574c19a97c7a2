import { expect, it } from 'vitest'
import { aLog, call, parked, result, steer, text } from '../makers.ts'
import { emptyView } from '../types.ts'
import { applyEvents } from '../view/run-view.ts'
import { toPlain } from './plain.ts'
import { createRowBuilder } from './rows.ts'
import { findMatches } from './search.ts'

const { log } = aLog()
const view = applyEvents(
  emptyView,
  log(
    steer('Where is the Loom?'),
    call('c1'),
    result('c1'),
    text('The **loom** is in the [loom room](https://example.com/loom).'),
    parked,
    steer('Thank you'),
    text('A snake_case_name and `code`.'),
    parked,
    steer('İşte: Ёжик в тумане, café, ＡＢＣ１２３ ｶﾀｶﾅ, 今日は東京タワー, C++.'),
    parked,
  ),
)
const { settled, live } = createRowBuilder()(view.turns)
const rows = [...settled, ...live]
const found = (query: string) => findMatches(rows, query).map(({ rowId, nth }) => `${rowKind(rowId)}${nth}`)
const rowKind = (id: string) => rows.find((row) => row.id === id)!.kind

it('finds words in messages and answers, top to bottom, whatever their case', () => {
  expect(found('loom')).toEqual(['input0', 'part0', 'part1'])
  expect(found('THE LOOM')).toEqual(['input0', 'part0', 'part1'])
})

it('finds words of any script, whatever their width and accents', () => {
  for (const query of ['ежик', 'ЁЖИК', 'Cafe', 'abc123', 'カタカナ', '京タワ', 'c++'])
    expect(found(query)).toEqual(['input0'])
  for (const query of ['еж ик', 'c+++', '京ワ']) expect(found(query)).toEqual([])
})

it('finds what is read, not the marks around it', () => {
  expect(found('loom room')).toEqual(['part0'])
  expect(found('example.com')).toEqual([])
  expect(found('snake_case_name')).toEqual(['part0'])
  expect(toPlain('- **a** _b_ `c`\n## d\n```ts\ncode\n```')).toBe('a b c\nd\n\ncode\n')
})

it('finds nothing for nothing', () => {
  expect(found('')).toEqual([])
  expect(found('   ')).toEqual([])
  expect(found('never said')).toEqual([])
})
