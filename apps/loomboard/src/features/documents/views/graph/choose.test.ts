import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aChunk, chunksOf } from '../../model/makers.ts'
import { chooseDrawn, type Edge, toLines } from './choose.ts'

const edge = (from_id: string, to_id: string, kind = 'needs', auto = false): Edge => ({ from_id, to_id, kind, auto })
const ids = 'abcdefgh'.split('')
const chunks = chunksOf(...ids.map((id) => aChunk(id)))
const names = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id).join('')

describe('what is drawn', () => {
  it('is what is linked within the document', () => {
    const drawn = chooseDrawn(chunks, [edge('a', 'b'), edge('b', 'elsewhere'), edge('c', 'c')])
    expect(names(drawn.nodes)).toBe('ab')
    expect(drawn).toMatchObject({ leftOut: 0, alone: 6, edges: [edge('a', 'b')] })
  })

  it('is the most linked where there are too many, and says how many are left out', () => {
    const star = ['b', 'c', 'd', 'e'].map((to) => edge('a', to))
    const drawn = chooseDrawn(chunks, [...star, edge('b', 'c'), edge('f', 'g')], { most: 3 })
    expect(names(drawn.nodes)).toBe('abc')
    expect(drawn.leftOut).toBe(4)
    expect(drawn.edges).toHaveLength(3)
  })

  it('begins with the chunk one looks from and goes on with what is nearest to it', () => {
    const chain = [edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('d', 'e'), edge('d', 'f')]
    expect(names(chooseDrawn(chunks, chain, { from: 'a', most: 3 }).nodes)).toBe('abc')
    expect(names(chooseDrawn(chunks, chain, { from: 'h', most: 1 }).nodes)).toBe('d')
  })

  it('is the same whatever order the links come in, and never more than there is room for', () => {
    const anEdge = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)).map(([from, to]) => edge(from, to))
    fc.assert(
      fc.property(fc.array(anEdge), fc.integer({ min: 1, max: 8 }), (edges, most) => {
        const drawn = chooseDrawn(chunks, edges, { most })
        expect(names(drawn.nodes)).toBe(names(chooseDrawn(chunks, edges.toReversed(), { most }).nodes))
        expect(drawn.nodes.length).toBeLessThanOrEqual(most)
        expect(drawn.nodes.length + drawn.leftOut + drawn.alone).toBe(chunks.size)
        const there = new Set(drawn.nodes.map(({ id }) => id))
        expect(drawn.edges.every(({ from_id, to_id }) => there.has(from_id) && there.has(to_id))).toBe(true)
      }),
    )
  })
})

it('between two chunks there is one line, with the names of its links', () => {
  expect(
    toLines([edge('a', 'b'), edge('b', 'a', 'blocks'), edge('a', 'b', 'links', true), edge('b', 'c', 'x', true)]),
  ).toEqual([
    { from: 'a', to: 'b', kinds: ['blocks', 'needs'], both: true },
    { from: 'b', to: 'c', kinds: [], both: false },
  ])
})
