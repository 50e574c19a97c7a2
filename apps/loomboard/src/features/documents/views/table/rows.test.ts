import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aChunk, chunksOf } from '../../model/makers.ts'
import { inPlace, toRows } from './rows.ts'

const ids = ['a', 'b', 'c', 'd', 'e']
const id = fc.constantFrom(...ids)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      id,
      title: fc.constantFrom('One', 'Two', 'Three'),
      status: fc.constantFrom('todo', 'done', ''),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('move' as const), id, position: fc.nat({ max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('find' as const), found: fc.option(fc.subarray(ids)) }) },
)

it('after whatever changes, the rows are those that would be put in order anew', () => {
  const sorts = fc.constantFrom(undefined, 'title', 'status')
  fc.assert(
    fc.property(sorts, fc.array(step, { maxLength: 30 }), (sort, steps) => {
      const first = ids.map((id, position) => aChunk(id, { position }))
      const how = { rootId: 'root', types: new Map(), board: undefined, sort, order: 'asc' as const }
      let input = { ...how, chunks: chunksOf(...first), found: undefined as Set<string> | undefined }
      let rows = toRows(input)
      for (const did of steps) {
        const chunks = new Map(input.chunks)
        if (did.does === 'find') input = { ...input, found: did.found ? new Set(did.found) : undefined }
        else {
          const { does, ...more } = did
          if (does === 'remove') chunks.delete(did.id)
          else chunks.set(did.id, { ...(chunks.get(did.id) ?? aChunk(did.id)), ...more })
          input = { ...input, chunks }
        }
        rows = toRows(input, rows)
        expect(rows.rows).toEqual(toRows(input).rows)
      }
    }),
  )
})

it('where all stay, what has gone from among them stays too, and what is new comes last', () => {
  const chunks = chunksOf(...['a', 'b', 'c', 'new'].map((id) => aChunk(id)))
  const rows = ['new', 'c', 'a'].map((id) => chunks.get(id)!)
  expect(inPlace(rows, ['a', 'b', 'c', 'deleted'], chunks).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'new'])
})
