import { describe, expect, it } from 'vitest'
import { aChunk } from '../../model/makers.ts'
import { toBoard } from './board-model.ts'
import { cardsBetween, navigate } from './navigate.ts'
import { inputOf } from './testing.ts'

const card = (id: string, status: string, rank: string) => aChunk(id, { status, rank })
const board = toBoard(
  inputOf([card('a', 'todo', 'a0'), card('b', 'todo', 'a1'), card('c', 'todo', 'a2'), card('x', 'done', 'a0')]),
)

describe('arrows', () => {
  it.each([
    ['a', 'ArrowDown', 'b'],
    ['a', 'ArrowUp', undefined],
    ['c', 'Home', 'a'],
    ['a', 'End', 'c'],
    ['b', 'ArrowRight', 'column:doing'],
    ['column:doing', 'ArrowRight', 'x'],
    ['column:doing', 'ArrowLeft', 'a'],
    ['x', 'ArrowRight', undefined],
    ['gone', 'ArrowDown', undefined],
  ])('from %s %s leads to %s', (from, key, to) => {
    expect(navigate(board, from, key)).toBe(to)
  })
})

it('a range is read column by column', () => {
  expect(cardsBetween(board, 'x', 'b')).toEqual(['b', 'c', 'x'])
  expect(cardsBetween(board, 'gone', 'b')).toEqual(['b'])
})
