import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aChunk, chunksOf } from './makers.ts'
import { outlineLines } from './outline-lines.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const id = fc.constantFrom(...ids)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('say' as const), id, title: fc.constantFrom('One', 'Two') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move' as const), id, to: fc.constantFrom('', 'a', 'b') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('close' as const), id }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('find' as const), found: fc.option(fc.subarray(ids)) }) },
)

it('after whatever changes, the lines are what they would be if they were made anew', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const first = ids.map((id, position) => aChunk(id, { position, ...(position > 2 ? { parent_id: 'a' } : {}) }))
      let input = { chunks: chunksOf(...first), closed: new Set<string>(), found: undefined as Set<string> | undefined }
      let lines = outlineLines(input)
      for (const did of steps) {
        const chunks = new Map(input.chunks)
        const known = 'id' in did ? chunks.get(did.id) : undefined
        if (did.does === 'find') input = { ...input, found: did.found ? new Set(did.found) : undefined }
        else if (did.does === 'close') input = { ...input, closed: new Set([did.id]) }
        else {
          if (did.does === 'say') chunks.set(did.id, { ...(known ?? aChunk(did.id)), title: did.title })
          if (did.does === 'move') chunks.set(did.id, { ...(known ?? aChunk(did.id)), parent_id: did.to, position: 9 })
          if (did.does === 'remove') chunks.delete(did.id)
          input = { ...input, chunks }
        }
        lines = outlineLines(input, lines)
        expect(lines.rows).toEqual(outlineLines(input).rows)
      }
    }),
  )
})

it('a line that nothing has changed is the same object', () => {
  const before = outlineLines({ chunks: chunksOf(aChunk('a'), aChunk('b')), closed: new Set(), found: undefined })
  const chunks = new Map(before.from.chunks).set('b', aChunk('b', { title: 'Another' }))
  const { rows } = outlineLines({ ...before.from, chunks }, before)
  expect(rows[0]).toBe(before.rows[0])
  expect(rows[1]?.label).toBe('Another')
})
