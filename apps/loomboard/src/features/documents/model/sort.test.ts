import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aChunk, chunksOf } from './makers.ts'
import { inDocumentOrder, sortChunks } from './sort.ts'

const task = (id: string, fields: Record<string, unknown>) => aChunk(id, { type: 'task', fields })
const ids = (chunks: readonly { id: string }[]) => chunks.map(({ id }) => id)

it('what has no value comes last, whichever way round', () => {
  const chunks = [task('none', {}), task('2', { n: 2 }), task('10', { n: 10 })]
  expect(ids(sortChunks(chunks, { sort: 'field:n' }))).toEqual(['2', '10', 'none'])
  expect(ids(sortChunks(chunks, { sort: 'field:n', order: 'desc' }))).toEqual(['10', '2', 'none'])
})

it('choices have the order in which they were declared, dates that of the calendar, titles that of people', () => {
  const specs = new Map([
    [
      'task',
      [
        { name: 'size', kind: 'select', options: ['small', 'large'] },
        { name: 'due', kind: 'date', options: [] },
      ],
    ],
  ])
  const chunks = [
    task('a', { size: 'large', due: '2026-06-02' }),
    task('b', { size: 'small', due: '2026-06-01T23:00' }),
  ]
  expect(ids(sortChunks(chunks, { sort: 'field:size', specs }))).toEqual(['b', 'a'])
  expect(ids(sortChunks(chunks, { sort: 'field:due', specs }))).toEqual(['b', 'a'])
  const titled = ['Item 10', 'item 2', 'Äpfel', 'Zebra'].map((title) => aChunk(title, { title }))
  expect(ids(sortChunks(titled, { sort: 'title' }))).toEqual(['Äpfel', 'item 2', 'Item 10', 'Zebra'])
})

it('statuses stand as the columns of the board do', () => {
  const chunks = ['done', 'open', 'odd'].map((status) => aChunk(status, { status }))
  const status = new Map([
    ['open', 0],
    ['done', 1],
  ])
  expect(ids(sortChunks(chunks, { sort: 'status', ranks: { status } }))).toEqual(['open', 'done', 'odd'])
})

it('loses nothing, and leaves what is equal as it was', () => {
  const value = fc.option(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b', true)), { nil: undefined })
  fc.assert(
    fc.property(fc.array(value), fc.constantFrom('asc' as const, 'desc' as const), (values, order) => {
      const chunks = values.map((n, i) => task(String(i), n === undefined ? {} : { n }))
      const sorted = sortChunks(chunks, { sort: 'field:n', order })
      expect(ids(sorted).toSorted()).toEqual(ids(chunks).toSorted())
      for (const each of new Set(values)) {
        const same = sorted.filter(({ fields }) => fields?.n === each).map(({ id }) => Number(id))
        expect(same).toEqual(same.toSorted((a, b) => a - b))
      }
    }),
  )
})

it('a document is read from its first line to its last', () => {
  const chunks = chunksOf(
    ...[
      aChunk('b', { position: 1 }),
      aChunk('a', { position: 0 }),
      aChunk('a2', { parent_id: 'a', position: 5 }),
      aChunk('a1', { parent_id: 'a', position: 4 }),
    ],
  )
  expect(ids(inDocumentOrder(chunks))).toEqual(['a', 'a1', 'a2', 'b'])
})
