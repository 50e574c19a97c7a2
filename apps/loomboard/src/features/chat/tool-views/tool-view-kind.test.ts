// @vitest-environment jsdom
import { expect, test } from 'vitest'
import type { ToolPart } from '../model/types.ts'
import { toolViewKind } from './tool-view-kind.ts'

function aCall(more: Partial<ToolPart>): ToolPart {
  return { kind: 'tool', id: 'p1', callId: 'c1', name: 'Other', input: {}, state: 'done', startedAt: 0, ...more }
}
const withResult = (result: unknown) => toolViewKind(aCall({ result: JSON.stringify(result) }))

test('a tool that is known is drawn its own way, whatever it answers', () => {
  expect(toolViewKind(aCall({ name: 'Memory', result: '{"columns":["a"],"rows":[]}' }))).toBe('memory')
})

test('documents answer with tables, pictures, and what leads to them', () => {
  const result = (value: unknown) => toolViewKind(aCall({ name: 'Document', result: JSON.stringify(value) }))
  expect(result({ columns: ['a'], rows: [] })).toBe('table')
  expect(result({ media_type: 'image/png', data: 'iVBO' })).toBe('picture')
  expect(result({ id: 'ch_1', document_id: 'doc_1', title: 'A card', revision: 3 })).toBe('document')
  expect(toolViewKind(aCall({ name: 'Document', state: 'running' }))).toBe('document')
})

test('a tool nobody knows is drawn by the shape of its answer', () => {
  expect(withResult({ columns: ['a'], rows: [[1]] })).toBe('table')
  expect(withResult({ title: 'A card', revision: 3 })).toBe('chunk')
  expect(withResult({ media_type: 'image/png', data: 'iVBO' })).toBe('picture')
  expect(toolViewKind(aCall({ input: { old_string: 'a', new_string: 'b' } }))).toBe('edit')
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
  expect(toolViewKind(aCall({ name: 'constructor', result: 'text' }))).toBeUndefined()
  expect(toolViewKind(aCall({ result: '{ not json' }))).toBeUndefined()
})
