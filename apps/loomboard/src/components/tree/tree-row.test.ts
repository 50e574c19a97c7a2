import { describe, expect, it } from 'vitest'
import { findTyped, shiftOf, type TreeRow, treeAction } from './tree-row.ts'

const row = (id: string, more: Partial<TreeRow> = {}): TreeRow => ({
  id,
  label: id,
  level: 1,
  place: 1,
  count: 1,
  ...more,
})
const rows = [
  row('plan', { expanded: true }),
  row('goals', { parentId: 'plan', level: 2 }),
  row('growth', { parentId: 'plan', level: 2, expanded: false }),
  row('risks'),
]

describe('keys in a tree', () => {
  it('go up and down, and stay at the ends', () => {
    expect(treeAction(rows, 'plan', 'ArrowDown')).toEqual({ kind: 'go', id: 'goals' })
    expect(treeAction(rows, 'plan', 'ArrowUp')).toEqual({ kind: 'go', id: 'plan' })
    expect(treeAction(rows, 'risks', 'ArrowDown')).toEqual({ kind: 'go', id: 'risks' })
    expect(treeAction(rows, undefined, 'ArrowDown')).toEqual({ kind: 'go', id: 'plan' })
    expect(treeAction(rows, 'goals', 'End')).toEqual({ kind: 'go', id: 'risks' })
    expect(treeAction(rows, 'goals', 'Home')).toEqual({ kind: 'go', id: 'plan' })
    expect(treeAction([], undefined, 'End')).toBeUndefined()
  })

  it('open what is closed, then go in; close what is open, then go out', () => {
    expect(treeAction(rows, 'growth', 'ArrowRight')).toEqual({ kind: 'open', id: 'growth' })
    expect(treeAction(rows, 'plan', 'ArrowRight')).toEqual({ kind: 'go', id: 'goals' })
    expect(treeAction(rows, 'goals', 'ArrowRight')).toBeUndefined()
    expect(treeAction(rows, 'goals', 'ArrowLeft')).toEqual({ kind: 'go', id: 'plan' })
    expect(treeAction(rows, 'plan', 'ArrowLeft')).toEqual({ kind: 'close', id: 'plan' })
    expect(treeAction(rows, 'risks', 'ArrowLeft')).toBeUndefined()
  })

  it('choose, and leave other keys alone', () => {
    expect(treeAction(rows, 'goals', 'Enter')).toEqual({ kind: 'choose', id: 'goals' })
    expect(treeAction(rows, 'goals', 'Tab')).toBeUndefined()
  })
})

describe('typing in a tree', () => {
  it('finds what begins with it, one after the other for the same letter', () => {
    expect(findTyped(rows, 'plan', 'g')).toBe('goals')
    expect(findTyped(rows, 'goals', 'g')).toBe('growth')
    expect(findTyped(rows, 'goals', 'gg')).toBe('growth')
    expect(findTyped(rows, 'growth', 'g')).toBe('goals')
    expect(findTyped(rows, 'goals', 'gr')).toBe('growth')
    expect(findTyped(rows, 'goals', 'x')).toBeUndefined()
  })
})

describe('a tree that changes', () => {
  it('keeps the line one looks at where it is', () => {
    expect(shiftOf(rows, [row('new'), ...rows], 2)).toBe(1)
    expect(shiftOf(rows, rows.slice(1), 2)).toBe(-1)
    expect(shiftOf(rows, [...rows, row('new')], 2)).toBe(0)
  })

  it('keeps the one before where the line itself has gone', () => {
    expect(shiftOf(rows, [row('new'), row('plan'), row('goals'), row('risks')], 2)).toBe(1)
    expect(shiftOf(rows, [row('new')], 2)).toBe(0)
  })
})
