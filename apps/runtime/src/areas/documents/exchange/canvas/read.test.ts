import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inOneGo } from '../../../../ground/in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { parseCanvas, readCanvas } from './read.ts'

const read = (given: unknown) => inOneGo(readCanvas(inOneGo(parseCanvas(given)), 'Canvas'))
const box = { x: 0, y: 0, width: 10, height: 10 }

it('leaves out what is not of its kind, and takes the rest', () => {
  const loom = { title: 7, type: null, status: 'open', fields: ['no'], tags: ['a', 1, null], parent: {} }
  const nodes = [
    { ...box, id: 'a', type: 'text', text: '# Hi\nthere', label: 3, width: 'wide', loom },
    { id: 'b', loom: 1 },
  ]
  const edges = [null, 7, { fromNode: 'a' }, { fromNode: 'a', toNode: 'b', label: 1 }, { fromNode: {}, toNode: 'b' }]
  const { drafts, edges: between } = read({ nodes, edges })
  expect(drafts).toMatchObject([
    { title: 'Hi', body: 'there', type: '', status: 'open', fields: null, tags: ['a'] },
    { title: '', body: '' },
  ])
  expect(between).toMatchObject([{ kind: 'relates' }])
})

const junk = fc.oneof(fc.jsonValue(), fc.constantFrom('a', 'b', 'group', 'tree', '# Title\nand more'))
const members = (...keys: string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record(Object.fromEntries(keys.map((key) => [key, junk])), { requiredKeys: [] }) },
    junk,
  )
const loom = members('title', 'type', 'status', 'fields', 'tags', 'parent')
const node = (id: string) =>
  fc
    .oneof(
      {
        weight: 9,
        arbitrary: fc.tuple(members('type', 'text', 'label', 'file', 'url', 'x', 'y', 'width', 'height'), loom),
      },
      fc.tuple(fc.constant({ id: 7 }), junk),
    )
    .map(([said, loom]) => ({ id, ...(said as object), loom }))

it('whatever a canvas says, it is read or refused in words', () => {
  const canvases = fc.record({
    nodes: fc.tuple(node('a'), node('b')),
    edges: fc.array(members('fromNode', 'toNode', 'label', 'loom'), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(canvases, (canvas) => {
      try {
        for (const { title, type, status, body, tags } of read(canvas).drafts) {
          for (const text of [title, type ?? '', status ?? '', body ?? '', ...(tags ?? [])])
            expect(text).toBeTypeOf('string')
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ToolError)
      }
    }),
  )
})
