import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aChunk, chunksOf } from '../../model/makers.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { type Board, type BoardInput, toBoard } from './board-model.ts'
import { nextBoard } from './patch-board.ts'
import { inputOf } from './testing.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const content = fc.record({
  status: fc.constantFrom('', 'todo', 'doing', 'done', 'parked'),
  rank: fc.constantFrom(undefined, '', 'a0', 'a1', 'a2'),
  position: fc.integer({ min: 0, max: 3 }),
  title: fc.constantFrom('One', 'Two', 'Three'),
  type: fc.constantFrom('idea', 'comment', 'task'),
  fields: fc.record({ owner: fc.constantFrom('Ines', 'Mira', undefined, 7), price: fc.constantFrom(9, 10, 'much') }),
})
const id = fc.constantFrom(...ids)
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('write' as const), id, content }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remove' as const), id }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('hold' as const),
      id,
      hold: fc.option(fc.record({ status: fc.constantFrom('todo', 'done'), rank: fc.constantFrom(undefined, 'a1') })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('find' as const), found: fc.option(fc.subarray(ids)) }) },
)
const arrangement = fc.record({
  group: fc.constantFrom('status' as const, 'type' as const, 'field:owner' as const),
  lanes: fc.constantFrom(undefined, 'field:owner' as const, 'status' as const),
  sort: fc.constantFrom(undefined, 'title', 'field:price'),
  order: fc.constantFrom(undefined, 'desc'),
})

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function taken(input: BoardInput, did: Step): BoardInput {
  const chunks = new Map(input.chunks)
  if (did.does === 'write') {
    const { rank, ...rest } = did.content
    chunks.set(did.id, aChunk(did.id, { ...rest, ...(rank === undefined ? {} : { rank }) } as Partial<OutlineChunk>))
  } else if (did.does === 'remove') chunks.delete(did.id)
  else if (did.does === 'hold') {
    const holds = new Map(input.holds)
    if (did.hold) holds.set(did.id, did.hold)
    else holds.delete(did.id)
    return { ...input, holds }
  } else return { ...input, found: did.found ? new Set(did.found) : undefined }
  return { ...input, chunks }
}

/** All that is to be seen of it. */
const seen = ({ columns, lanes, cards, places, isRanked }: Board) => ({
  isRanked,
  lanes,
  columns: columns.map(({ cells, ...head }) => ({ ...head, cells: Object.fromEntries(cells) })),
  cards: Object.fromEntries(cards),
  places: Object.fromEntries(places),
})

describe('the board after a change', () => {
  it('is what it would be if it were made anew, however many changes there were before', () => {
    fc.assert(
      fc.property(arrangement, fc.array(step, { maxLength: 30 }), (how, steps) => {
        const first = { ...inputOf(ids.slice(0, 5).map((each) => aChunk(each, { status: 'todo' }))), ...how }
        let input: BoardInput = first
        let board = toBoard(input)
        for (const did of steps) {
          input = taken(input, did)
          board = nextBoard(input, board)
          expect(seen(board)).toEqual(seen(toBoard(input)))
        }
      }),
      { numRuns: 400 },
    )
  })
})

describe('what a change does not touch', () => {
  const card = (id: string, status: string, more = {}) => aChunk(id, { status, rank: id, ...more })
  const cards = [card('a', 'todo'), card('b', 'todo'), card('c', 'doing'), card('d', 'done')]
  const input = inputOf(cards)
  const before = toBoard(input)
  const after = (...changed: OutlineChunk[]) =>
    nextBoard({ ...input, chunks: new Map([...input.chunks, ...chunksOf(...changed)]) }, before)

  it('is the same object: all columns where a card only says something else', () => {
    const renamed = after(card('a', 'todo', { title: 'Another' }))
    expect(renamed.columns).toBe(before.columns)
    expect(renamed.cards.get('a')?.title).toBe('Another')
    expect(renamed.cards.get('b')).toBe(before.cards.get('b'))
  })

  it('is the same object: the columns beside those that a card goes between', () => {
    const { columns } = after(card('a', 'done'))
    expect(columns.map((column, at) => column === before.columns[at])).toEqual([false, true, false])
    expect(columns.map(({ cells }) => cells.get(''))).toEqual([['b'], ['c'], ['a', 'd']])
  })
})
