import fc from 'fast-check'
import { expect, it } from 'vitest'
import { groupChunks, groupings } from './group.ts'
import { aChunk } from './makers.ts'

const specs = new Map([
  [
    'task',
    [
      { name: 'size', kind: 'select', options: ['small', 'large'] },
      { name: 'owner', kind: 'person', options: [] },
      { name: 'note', kind: 'text', options: [] },
    ],
  ],
])

it('known values have a group before others, also where it is empty; what has none comes last', () => {
  const chunks = ['odd', '', 'done'].map((status) => aChunk(status || 'none', { status }))
  const groups = groupChunks(chunks, 'status', { known: ['open', 'done'] })
  expect(groups.map(({ title, chunks }) => [title, chunks.length])).toEqual([
    ['open', 0],
    ['done', 1],
    ['odd', 1],
    ['No status', 1],
  ])
})

it('the choices of a field are its groups', () => {
  const groups = groupChunks([aChunk('a', { fields: { size: 'huge' } }), aChunk('b')], 'field:size', { specs })
  expect(groups.map(({ title }) => title)).toEqual(['small', 'large', 'huge', 'No size'])
})

it('a document is grouped by its status, its types, its choices and its people', () => {
  expect(groupings(specs)).toEqual(['status', 'type', 'field:size', 'field:owner'])
})

it('every chunk is in exactly one group, in the order it came in', () => {
  const value = fc.constantFrom('a', 'b', '', undefined, null, 3, true)
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const chunks = values.map((size, i) => aChunk(String(i), { fields: { size } }))
      const groups = groupChunks(chunks, 'field:size', { known: ['b'] })
      expect(groups.flatMap(({ chunks }) => chunks.map(({ id }) => id)).toSorted()).toEqual(
        chunks.map(({ id }) => id).toSorted(),
      )
      for (const { chunks: each } of groups) {
        expect(each.map(({ id }) => Number(id))).toEqual(each.map(({ id }) => Number(id)).toSorted((a, b) => a - b))
      }
      expect(new Set(groups.map(({ value }) => value)).size).toBe(groups.length)
    }),
  )
})
