import { describe, expect, it } from 'vitest'
import { aChunk, chunksOf } from '../model/makers.ts'
import { byRank, type CardMove, cardPlace, withCardMoves } from './card-move.ts'

const card = (id: string, status: string, rank: string) => aChunk(id, { status, rank })
const chunks = chunksOf(
  card('a', 'todo', 'a0'),
  card('b', 'todo', 'a1'),
  card('c', 'todo', 'a2'),
  card('x', 'done', 'a0'),
  card('y', 'done', 'a0V'),
)

function column(status: string, ...moves: CardMove[]): string {
  const all = [...withCardMoves(chunks, moves).values()].filter((chunk) => chunk.status === status)
  return all
    .sort(byRank)
    .map(({ id }) => id)
    .join(' ')
}

describe('a card that is moved is seen', () => {
  it.each([
    ['behind another', { id: 'a', status: 'done', afterId: 'x' }, 'x a y'],
    ['before another', { id: 'a', status: 'done', beforeId: 'y' }, 'x a y'],
    ['before all others', { id: 'a', status: 'done', beforeId: 'x' }, 'a x y'],
    ['at the end, where no place is said', { id: 'a', status: 'done' }, 'x y a'],
    ['behind the one that is still there', { id: 'a', status: 'done', afterId: 'b', beforeId: 'y' }, 'x a y'],
    ['at the end, where its neighbours have gone', { id: 'a', status: 'done', afterId: 'b', beforeId: 'c' }, 'x y a'],
  ])('%s', (_, move, order) => {
    expect(column('done', move)).toBe(order)
  })

  it('in its own column as well, one after another', () => {
    expect(column('todo', { id: 'c', status: 'todo', beforeId: 'a' })).toBe('c a b')
    const moves = [
      { id: 'c', status: 'todo', beforeId: 'a' },
      { id: 'b', status: 'todo', beforeId: 'c' },
      { id: 'x', status: 'todo', afterId: 'c' },
    ]
    expect(column('todo', ...moves)).toBe('b c x a')
  })

  it('as the only one of a column', () => {
    expect(column('new', { id: 'a', status: 'new' })).toBe('a')
  })
})

it('where a card stands says how to put it there again', () => {
  expect(cardPlace(chunks, 'b')).toEqual({ id: 'b', status: 'todo', afterId: 'a', beforeId: 'c' })
  expect(cardPlace(chunks, 'a')).toEqual({ id: 'a', status: 'todo', beforeId: 'b' })
})
