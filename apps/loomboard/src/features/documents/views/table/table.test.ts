import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aChunk } from '../../model/makers.ts'
import { type Cell, cellAfter } from './cell-cursor.ts'
import { toColumns } from './columns.ts'
import { toTyped, typedValue } from './typed-value.ts'

describe('columns', () => {
  const specs = new Map([
    [
      'task',
      [
        { name: 'due_date', kind: 'date', options: [] },
        { name: 'size', kind: 'select', options: ['small'] },
      ],
    ],
    ['idea', [{ name: 'size', kind: 'select', options: ['large'] }]],
    ['unused', [{ name: 'other', kind: 'text', options: [] }]],
  ])
  const chunks = [
    aChunk('a', { type: 'task', fields: { cost: 3 } }),
    aChunk('b', { type: 'idea', fields: { note: 'x', list: [1] } }),
  ]

  it('are what every chunk has, the fields of the types that occur, and what else is there', () => {
    expect(toColumns(chunks, specs, undefined).map(({ title, kind }) => `${title}:${kind}`)).toEqual([
      'Title:title',
      'Status:status',
      'Type:type',
      'due date:date',
      'size:select',
      'cost:number',
      'list:shown',
      'note:text',
      'Tags:tags',
    ])
  })

  it('of a choice have the options of every type that has it', () => {
    const size = toColumns(chunks, specs, undefined).find(({ key }) => key === 'fields.size')
    expect(size?.options).toEqual(['small', 'large'])
  })

  it('are those that were asked for, in that order', () => {
    const titles = toColumns(chunks, specs, ['note', 'due_date', 'gone']).map(({ title }) => title)
    expect(titles).toEqual(['Title', 'Status', 'Type', 'note', 'due date', 'Tags'])
  })
})

describe('the cell one is on', () => {
  const size = { rows: 3, columns: 2, page: 2 }
  const from = (row: number, column: number, key: string, more = {}) => {
    const to = cellAfter({ row, column }, { key, ...more }, size)
    return to && `${to.row},${to.column}`
  }

  it('goes with the arrows, to the ends with Control, and no further', () => {
    expect(from(1, 0, 'ArrowDown')).toBe('2,0')
    expect(from(2, 0, 'ArrowDown')).toBeUndefined()
    expect(from(0, 1, 'ArrowDown', { mod: true })).toBe('2,1')
    expect(from(1, 1, 'Home')).toBe('1,0')
    expect(from(1, 1, 'Home', { mod: true })).toBe('0,0')
    expect(from(0, 0, 'PageDown')).toBe('2,0')
  })

  it('goes from row to row with Tab, and out at the ends', () => {
    expect(from(0, 1, 'Tab')).toBe('1,0')
    expect(from(1, 0, 'Tab', { shiftKey: true })).toBe('0,1')
    expect(from(2, 1, 'Tab')).toBeUndefined()
    expect(from(0, 0, 'Tab', { shiftKey: true })).toBeUndefined()
  })

  it('never leaves the table, and Tab and Shift+Tab lead to each other', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      columns: fc.integer({ min: 1, max: 5 }),
      page: fc.integer({ min: 1, max: 9 }),
    })
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'Tab')
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), keys, fc.boolean(), (table, row, column, key, flag) => {
        const cell: Cell = { row: row % table.rows, column: column % table.columns }
        const next = cellAfter(cell, { key, mod: flag, shiftKey: flag }, table)
        if (!next) return
        expect(next.row >= 0 && next.row < table.rows).toBe(true)
        expect(next.column >= 0 && next.column < table.columns).toBe(true)
        if (key === 'Tab') expect(cellAfter(next, { key, shiftKey: !flag }, table)).toEqual(cell)
      }),
    )
  })
})

describe('what is typed into a cell', () => {
  it('is what its field holds', () => {
    expect(typedValue('number', ' 2.5 ')).toEqual({ value: 2.5 })
    expect(typedValue('number', '2,5')).toEqual({ value: 2.5 })
    expect(typedValue('date', '2026-06-30')).toEqual({ value: '2026-06-30' })
    expect(typedValue('url', 'https://alder.example')).toEqual({ value: 'https://alder.example' })
    expect(typedValue('text', ' as it is ')).toEqual({ value: ' as it is ' })
    expect(typedValue('tags', '#a, b,, a ')).toEqual({ value: ['a', 'b'] })
    expect(typedValue('status', ' open ')).toEqual({ value: 'open' })
  })

  it('takes a field away where it is emptied, but no title', () => {
    for (const kind of ['number', 'date', 'url', 'text', 'person'])
      expect(typedValue(kind, '')).toEqual({ value: null })
    expect(typedValue('title', '  ')).toHaveProperty('problem')
  })

  it('says what is wrong with it', () => {
    expect(typedValue('number', 'ten')).toHaveProperty('problem')
    expect(typedValue('date', 'tomorrow')).toHaveProperty('problem')
    expect(typedValue('date', '2026-06-31')).toHaveProperty('problem')
    expect(typedValue('date', '2026-06-31T09:00')).toHaveProperty('problem')
    expect(typedValue('url', 'alder')).toHaveProperty('problem')
  })

  it('that is left as it was changes nothing', () => {
    const tags = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/))
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        expect(typedValue('number', toTyped('number', n))).toEqual({ value: n === 0 ? 0 : n })
      }),
    )
    fc.assert(
      fc.property(tags, (each) => void expect(typedValue('tags', toTyped('tags', each))).toEqual({ value: each })),
    )
  })
})
