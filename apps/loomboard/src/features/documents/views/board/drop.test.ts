import { describe, expect, it } from 'vitest'
import { aChunk } from '../../model/makers.ts'
import { blog } from '../../testing/blog.ts'
import { withCardMoves } from '../../writing/card-move.ts'
import { type BoardInput, toBoard } from './board-model.ts'
import { toSetup } from './board-setup.ts'
import { type Drop, drop, overAt, refusalOf } from './drop.ts'
import { drawnOf, inputOf } from './testing.ts'

const card = (id: string, status: string, rank: string, fields = {}) => aChunk(id, { status, rank, fields })
const input = inputOf([
  card('a', 'todo', 'a0'),
  card('b', 'todo', 'a1'),
  card('c', 'todo', 'a2'),
  card('d', 'doing', 'a0'),
])
const board = toBoard(input)

/** The board after a drop. */
function after(from: BoardInput, dropped: Drop): string[] {
  const moves =
    'ops' in dropped ? dropped.ops.flatMap((op) => (op.kind === 'move' ? [{ id: op.id, ...op.to }] : [])) : []
  return drawnOf({ ...from, chunks: withCardMoves(from.chunks, moves) })
}
const at = (id: string, column: string, index: number) => drop(board, id, overAt(board, id, column, '', index))

describe('a card that is let go', () => {
  it.each([
    ['between two others', 'd', 'todo', 1, ['todo: a d b c', 'doing:', 'done:']],
    ['above all others', 'd', 'todo', 0, ['todo: d a b c', 'doing:', 'done:']],
    ['below all others', 'd', 'todo', 3, ['todo: a b c d', 'doing:', 'done:']],
    ['in an empty column', 'a', 'done', 0, ['todo: b c', 'doing: d', 'done: a']],
    ['further down in its own column', 'a', 'todo', 2, ['todo: b a c', 'doing: d', 'done:']],
    ['at the end of its own column', 'a', 'todo', 3, ['todo: b c a', 'doing: d', 'done:']],
    ['further up in its own column', 'c', 'todo', 0, ['todo: c a b', 'doing: d', 'done:']],
  ])('%s stands there', (_, id, column, index, expected) => {
    expect(after(input, at(id, column, index))).toEqual(expected)
  })

  it.each([0, 1])('where it stands already (%d) has not moved', (index) => {
    expect(at('a', 'todo', index)).toEqual({ ops: [] })
  })

  it.each([{ afterId: 'b' }, { beforeId: 'b' }])('beside itself (%j) has not moved', (beside) => {
    expect(drop(board, 'b', { column: 'todo', lane: '', ...beside })).toEqual({ ops: [] })
  })

  it('is not let into a column that is full, with the reason', () => {
    const full = toBoard(inputOf([card('a', 'todo', 'a0'), card('x', 'doing', 'a0'), card('y', 'doing', 'a1')]))
    expect(drop(full, 'a', { column: 'doing', lane: '' })).toEqual({ refused: 'Doing is full: it takes 2 cards.' })
    expect(drop(full, 'x', overAt(full, 'x', 'doing', '', 2))).toMatchObject({ ops: [{ kind: 'move' }] })
    expect(refusalOf(full, 'x', full.columns[1]!)).toBeUndefined()
  })

  it('goes along the edges of its team alone, by whatever hand', () => {
    const cards = [card('a', 'draft', 'a0'), card('b', 'draft', 'a1'), card('i', 'ideas', 'a0')]
    const setup = toSetup({ columns: [{ status: 'ideas', limit: 1 }] }, [], blog.graph)
    const bound = toBoard(inputOf(cards, { setup, teams: { board: blog, cards: new Map() } }))
    const to = (id: string, column: string) => drop(bound, id, { column, lane: '' })
    expect(to('a', 'check')).toMatchObject({ ops: [{ kind: 'move', to: { status: 'check' } }] })
    expect(to('a', 'posted')).toEqual({ refused: 'From Draft blog leads to Check.' })
    expect(to('a', 'ideas')).toEqual({ refused: 'From Draft blog leads to Check.' })
    expect(to('i', 'check')).toEqual({ refused: 'Cards come into blog at Draft.' })
    expect(drop(bound, 'a', overAt(bound, 'a', 'draft', '', 2))).toMatchObject({ ops: [{ kind: 'move' }] })
    const byType = toBoard({ ...bound.from, group: 'type' })
    expect(drop(byType, 'a', { column: 'posted', lane: '' })).toEqual({ ops: [] })
  })

  it('that is on its way through another team goes along the edges of that one', () => {
    const cards = [card('a', 'draft', 'a0'), card('b', 'draft', 'a1')]
    const teams = { cards: new Map([['a', { ...blog, name: 'fast' }]]) }
    const setup = toSetup({}, [], blog.graph)
    const board = toBoard(inputOf(cards, { setup, teams }))
    expect(drop(board, 'a', { column: 'posted', lane: '' })).toEqual({ refused: 'From Draft fast leads to Check.' })
    expect(drop(board, 'b', { column: 'posted', lane: '' })).toMatchObject({ ops: [{ kind: 'move' }] })
  })

  it('in a board that is sorted goes to the column, and to no place of its own', () => {
    const sorted = toBoard({ ...input, sort: 'title' })
    expect(drop(sorted, 'd', overAt(sorted, 'd', 'todo', '', 1))).toEqual({
      ops: [{ kind: 'move', id: 'd', to: { status: 'todo' }, into: 'To do' }],
    })
    expect(drop(sorted, 'a', overAt(sorted, 'a', 'todo', '', 3))).toEqual({ ops: [] })
  })

  it('in a board by a field has that value; the kind of value that others have, or none', () => {
    const byDay = toBoard(
      inputOf([card('a', 'todo', 'a0', { day: 1 }), card('b', 'todo', 'a1', { day: 2 }), card('c', 'todo', 'a2')], {
        group: 'field:day',
      }),
    )
    const patchOf = (column: string) => drop(byDay, 'a', { column, lane: '' })
    expect(patchOf('2')).toEqual({ ops: [{ kind: 'edit', id: 'a', patch: { 'fields.day': 2 } }] })
    expect(patchOf('')).toEqual({ ops: [{ kind: 'edit', id: 'a', patch: { 'fields.day': null } }] })
  })

  it('in another lane changes both, each in its own way', () => {
    const lanes = toBoard(
      inputOf([card('a', 'todo', 'a0', { owner: 'Ines' }), card('b', 'doing', 'a1', { owner: 'Mira' })], {
        lanes: 'field:owner',
      }),
    )
    expect(drop(lanes, 'a', { column: 'doing', lane: 'Mira', afterId: 'b' })).toEqual({
      ops: [
        { kind: 'move', id: 'a', to: { status: 'doing', afterId: 'b' }, into: 'Doing' },
        { kind: 'edit', id: 'a', patch: { 'fields.owner': 'Mira' } },
      ],
    })
    // A card that has left the lane since it was aimed at says nothing of a place in it.
    expect(drop(lanes, 'a', { column: 'doing', lane: 'Ines', afterId: 'b' })).toEqual({
      ops: [{ kind: 'move', id: 'a', to: { status: 'doing' }, into: 'Doing' }],
    })
  })
})
