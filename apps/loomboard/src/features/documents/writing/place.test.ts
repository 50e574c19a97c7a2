import { describe, expect, it } from 'vitest'
import { aChunk, chunksOf } from '../model/makers.ts'
import { toOutline } from '../model/outline.ts'
import { type Direction, placeBelow, placeInside, placeOf, step, toDestination, withMoves } from './place.ts'

/** root { a { a1, a2 }, b, c { c1 } }, and beside the root: z. */
const chunks = chunksOf(
  aChunk('root'),
  aChunk('z', { position: 1 }),
  aChunk('a', { parent_id: 'root', position: 0 }),
  aChunk('b', { parent_id: 'root', position: 1 }),
  aChunk('c', { parent_id: 'root', position: 2 }),
  aChunk('a1', { parent_id: 'a', position: 0 }),
  aChunk('a2', { parent_id: 'a', position: 1 }),
  aChunk('c1', { parent_id: 'c', position: 5 }),
)
const stepped = (id: string, direction: Direction) => {
  const to = step(chunks, id, direction, 'root')
  return to && withMoves(chunks, [{ id, to }])
}
const under = (all: typeof chunks | undefined, parent: string) =>
  (all && toOutline(all).get(parent))?.map(({ id }) => id).join(' ')

describe('a step', () => {
  it('goes up and down among its siblings', () => {
    expect(under(stepped('b', 'up'), 'root')).toBe('b a c')
    expect(under(stepped('b', 'down'), 'root')).toBe('a c b')
    expect(under(stepped('c', 'up'), 'root')).toBe('a c b')
    expect(under(stepped('a', 'down'), 'root')).toBe('b a c')
  })

  it('goes into the one above, as its last', () => {
    expect(under(stepped('b', 'in'), 'a')).toBe('a1 a2 b')
    expect(under(stepped('a2', 'in'), 'a1')).toBe('a2')
  })

  it('goes out, right below the one it was in', () => {
    expect(under(stepped('a1', 'out'), 'root')).toBe('a a1 b c')
    expect(under(stepped('c1', 'out'), 'root')).toBe('a b c c1')
  })

  it('leads nowhere at the ends, for the document’s own chunk, and out of the document', () => {
    for (const [id, direction] of [
      ['a', 'up'],
      ['c', 'down'],
      ['a', 'in'],
      ['a', 'out'],
      ['root', 'down'],
      ['z', 'up'],
      ['z', 'out'],
      ['gone', 'up'],
    ] as const) {
      expect(step(chunks, id, direction, 'root')).toBeUndefined()
    }
  })
})

describe('a place', () => {
  it('is where a chunk goes back to', () => {
    for (const id of ['a', 'b', 'c', 'a1', 'a2', 'c1', 'z']) {
      const back = withMoves(withMoves(chunks, [{ id, to: { parentId: 'root', afterId: 'b' } }]), [
        { id, to: placeOf(chunks, id) },
      ])
      for (const parent of ['', 'root', 'a', 'c']) expect(under(back, parent)).toBe(under(chunks, parent))
    }
  })

  it('is below a chunk, or inside it as the last', () => {
    expect(placeBelow(chunks, 'a1')).toEqual({ parentId: 'a', afterId: 'a1' })
    expect(placeInside(chunks, 'a')).toEqual({ parentId: 'a', afterId: 'a2' })
    expect(placeInside(chunks, 'b')).toEqual({ parentId: 'b' })
  })

  it('is told by the neighbour, whose place may change meanwhile', () => {
    expect(toDestination({ parentId: 'root', afterId: 'a' })).toEqual({ after_id: 'a' })
    expect(toDestination({ parentId: 'root' })).toEqual({ new_parent_id: 'root', position: 0 })
  })

  it('of one that is gone is nowhere', () => {
    expect(withMoves(chunks, [{ id: 'gone', to: { parentId: 'a' } }])).toBe(chunks)
  })
})
