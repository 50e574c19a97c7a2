import { expect, test } from 'vitest'
import type { ToolPart } from '../model/types.ts'
import { ChunkView } from './chunk.tsx'
import { EditView } from './edit.tsx'
import { toolViewOf } from './index.ts'
import { MemoryView } from './memory.tsx'
import { PictureView } from './picture.tsx'
import { TableView } from './table.tsx'

function aCall(more: Partial<ToolPart>): ToolPart {
  return { kind: 'tool', id: 'p1', callId: 'c1', name: 'Other', input: {}, state: 'done', startedAt: 0, ...more }
}
const withResult = (result: unknown) => toolViewOf(aCall({ result: JSON.stringify(result) }))

test('a tool that is known is drawn its own way, whatever it answers', () => {
  expect(toolViewOf(aCall({ name: 'Memory', result: '{"columns":["a"],"rows":[]}' }))).toBe(MemoryView)
})

test('a tool nobody knows is drawn by the shape of its answer', () => {
  expect(withResult({ columns: ['a'], rows: [[1]] })).toBe(TableView)
  expect(withResult({ title: 'A card', revision: 3 })).toBe(ChunkView)
  expect(withResult({ media_type: 'image/png', data: 'iVBO' })).toBe(PictureView)
  expect(toolViewOf(aCall({ input: { old_string: 'a', new_string: 'b' } }))).toBe(EditView)
})

test('everything else is shown as it is', () => {
  for (const result of [
    {},
    { columns: [], rows: [] },
    { columns: ['a'], rows: ['b'] },
    { title: 'no revision' },
    [1],
    null,
  ])
    expect(withResult(result)).toBeUndefined()
  // A drawing may carry scripts, and a name from a prototype is no tool.
  expect(withResult({ media_type: 'image/svg+xml', data: 'PHN2Zz4=' })).toBeUndefined()
  expect(toolViewOf(aCall({ name: 'constructor', result: 'text' }))).toBeUndefined()
  expect(toolViewOf(aCall({ result: '{ not json' }))).toBeUndefined()
})
