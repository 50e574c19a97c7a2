import { describe, expect, it } from 'vitest'
import { aChunk } from '../../model/makers.ts'
import { toBoard } from './board-model.ts'
import { toSetup } from './board-setup.ts'
import { drawnOf, inputOf } from './testing.ts'

const card = (id: string, status: string, rank: string, more = {}) => aChunk(id, { status, rank, ...more })
const cards = [card('b', 'todo', 'a1'), card('a', 'todo', 'a0'), card('d', 'doing', 'a0')]

describe('the columns of a board', () => {
  it('stand as the settings say, empty ones too, with their cards by rank', () => {
    expect(drawnOf(inputOf(cards))).toEqual(['todo: a b', 'doing: d', 'done:'])
  })

  it('of equal ranks have an order as well, and ranks compare by character', () => {
    const mixed = [card('z', 'todo', 'a1'), card('y', 'todo', 'a1'), card('x', 'todo', 'aZ'), card('w', 'todo', 'Zz')]
    expect(drawnOf(inputOf(mixed))[0]).toBe('todo: w y z x')
  })

  it('have cards without a rank in the order of the document', () => {
    const ideas = [aChunk('a', { type: 'idea', position: 1 }), aChunk('b', { type: 'idea', position: 0 })]
    const setup = toSetup({ columns: [{ status: 'todo' }], types: ['idea'] }, [])
    expect(drawnOf(inputOf(ideas, { setup }))).toEqual([': b a', 'todo:'])
  })

  it('have what is held where it was held, among those that are there', () => {
    const holds = new Map([['a', { status: 'todo', rank: 'a0' }]])
    const moved = [card('a', 'done', 'a7'), card('b', 'todo', 'a1')]
    expect(drawnOf(inputOf(moved, { holds }))).toEqual(['todo: a b', 'doing:', 'done:'])
  })

  it('that no setting names come last, and are marked', () => {
    const board = toBoard(inputOf([...cards, card('x', 'parked', 'a0')]))
    expect(board.columns.map(({ key, isKnown }) => `${key} ${isKnown}`)).toEqual([
      'todo true',
      'doing true',
      'done true',
      'parked false',
    ])
  })

  it('hold no root, no comments and no settings; a type can be cards without a status', () => {
    const others = [
      aChunk('root', { status: 'todo' }),
      aChunk('said', { status: 'todo', type: 'comment' }),
      aChunk('main', { status: 'todo', type: 'loom/board' }),
      aChunk('plain'),
      aChunk('idea', { type: 'idea' }),
    ]
    const setup = toSetup({ columns: [{ status: 'todo' }], types: ['idea'] }, [])
    expect(drawnOf(inputOf(others, { setup }))).toEqual([': idea', 'todo:'])
  })

  it('count what a filter hides', () => {
    const board = toBoard(inputOf(cards, { found: new Set(['a']) }))
    expect(board.columns.map(({ count, cells }) => [count, cells.get('')?.length ?? 0])).toEqual([
      [2, 1],
      [1, 0],
      [0, 0],
    ])
  })

  it('are guessed from the words of the statuses where nobody has said', () => {
    const setup = toSetup(undefined, ['posted', 'zoo', 'drafted', 'scheduled', 'posted', undefined, ''])
    expect(setup.columns.map(({ status, color, done }) => `${status} ${color} ${done ?? false}`)).toEqual([
      'scheduled blue false',
      'drafted amber false',
      'zoo teal false',
      'posted green true',
    ])
    expect(setup.isSaved).toBe(false)
  })
})

describe('a board by a field', () => {
  const types = new Map([['task', [{ name: 'owner', kind: 'select', options: ['Ines', 'Mira'] }]]])
  const owned = [
    card('a', 'todo', 'a5', { fields: { owner: 'Mira' } }),
    card('b', 'doing', 'a0', { fields: { owner: 'Mira' } }),
    card('c', 'todo', 'a0', { fields: { owner: 'Jonas' } }),
    card('d', 'todo', 'a9'),
  ]

  it('has its declared values first, then what else occurs, then those without; by status and rank', () => {
    const input = inputOf(owned, { group: 'field:owner', types })
    expect(drawnOf(input)).toEqual(['Ines:', 'Mira: a b', 'Jonas: c', ': d'])
    expect(toBoard(input).columns.at(-1)?.title).toBe('No owner')
    expect(toBoard(input).isRanked).toBe(false)
  })

  it('can have lanes of it instead', () => {
    const input = inputOf(owned, { lanes: 'field:owner', types })
    expect(toBoard(input).lanes.map(({ title, count }) => `${title} ${count}`)).toEqual([
      'Mira 2',
      'Jonas 1',
      'No owner 1',
    ])
    expect(drawnOf(input)).toEqual(['todo: a | c | d', 'doing: b |  |', 'done:  |  |'])
  })

  it('is sorted by what is asked for, and what has no value is last either way', () => {
    const priced = [
      card('a', 'todo', 'a0', { fields: { price: 10 } }),
      card('b', 'todo', 'a1', { fields: { price: 9 } }),
      card('c', 'todo', 'a2'),
    ]
    expect(drawnOf(inputOf(priced, { sort: 'field:price' }))[0]).toBe('todo: b a c')
    expect(drawnOf(inputOf(priced, { sort: 'field:price', order: 'desc' }))[0]).toBe('todo: a b c')
  })
})

describe('what is as it was', () => {
  it('is the same object, however much else has changed', () => {
    const before = toBoard(inputOf(cards))
    const again = toBoard(inputOf(cards.map((each) => ({ ...each }))), before)
    expect(again.columns).toBe(before.columns)
    const moved = cards.map((each) => (each.id === 'd' ? { ...each, status: 'done' } : each))
    const after = toBoard(inputOf(moved), before)
    expect(after.columns[0]).toBe(before.columns[0])
    expect(after.columns[1]).not.toBe(before.columns[1])
  })
})

describe('a held card', () => {
  it('stands where it is held, whatever has become of it; the columns count it there', () => {
    const holds = new Map([['a', { status: 'todo', rank: 'a0' }]])
    const moved = [card('b', 'todo', 'a1'), card('a', 'done', 'a0')]
    const board = toBoard(inputOf(moved, { holds }))
    expect(drawnOf(inputOf(moved, { holds }))).toEqual(['todo: a b', 'doing:', 'done:'])
    expect(board.columns[0]?.count).toBe(2)
  })
})
