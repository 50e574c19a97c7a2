import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toIsDone } from '../done.ts'
import { aChunk, chunksOf } from '../makers.ts'
import type { OutlineChunk } from '../outline.ts'
import { type ChunkFilter, type Findings, filterChunks, linkedBy } from './filter-chunks.ts'
import type { FieldPredicate } from './predicates.ts'

/** A Wednesday. */
const now = new Date(2026, 5, 17, 12).getTime()
const options: readonly string[] = []
const specs = new Map([
  [
    'task',
    ['text', 'number', 'date', 'select', 'person', 'url', 'checkbox'].map((kind) => ({ name: kind, kind, options })),
  ],
])
const findings: Findings = { byText: new Map(), changed: new Map(), specs, isDone: toIsDone(undefined), now }

function found(chunks: readonly OutlineChunk[], filter: ChunkFilter, more: Partial<Findings> = {}) {
  const ids = filterChunks(chunksOf(...chunks), filter, { ...findings, ...more })
  return ids && [...ids]
}
const withField = (fields: Record<string, unknown>, more: Partial<OutlineChunk> = {}) =>
  aChunk('c', { type: 'task', fields, ...more })
const holds = (fields: Record<string, unknown>, predicate: FieldPredicate, more: Partial<OutlineChunk> = {}) =>
  found([withField(fields, more)], { where: [predicate] })?.length === 1

describe('a filter', () => {
  const chunks = [
    aChunk('a', { status: 'open', type: 'task', tags: ['x'], title: 'Überblick' }),
    aChunk('b', { status: 'done', type: 'task', tags: ['x', 'y'], title: 'Second' }),
    aChunk('c', { title: 'Third' }),
  ]

  it('without conditions shows everything', () => {
    expect(found(chunks, {})).toBeUndefined()
    expect(found(chunks, { status: [], q: '' })).toBeUndefined()
  })

  it('of several values wants one, and of several conditions all', () => {
    expect(found(chunks, { status: ['open', 'done'] })).toEqual(['a', 'b'])
    expect(found(chunks, { status: ['open', 'done'], tag: ['y'] })).toEqual(['b'])
    expect(found(chunks, { type: ['task'], status: ['missing'] })).toEqual([])
  })

  it('finds what has no status, type or tag', () => {
    expect(found(chunks, { status: [''] })).toEqual(['c'])
    expect(found(chunks, { tag: ['', 'y'] })).toEqual(['b', 'c'])
    expect(found(chunks, { type: [''] })).toEqual(['c'])
  })

  it('finds words in titles whatever their accents, and where the server has found them', () => {
    expect(found(chunks, { q: 'uberBLICK' })).toEqual(['a'])
    expect(found(chunks, { q: 'router' }, { byText: new Map([['c', '']]) })).toEqual(['c'])
  })

  it('shows what has changed, and what is linked once that is known', () => {
    expect(found(chunks, { changed: true }, { changed: new Map([['b', {}]]) })).toEqual(['b'])
    expect(found(chunks, { edge: 'a' }, { linked: new Set(['c']) })).toEqual(['c'])
    expect(found(chunks, { edge: 'a' })).toEqual(['a', 'b', 'c'])
  })
})

describe('a condition on a field', () => {
  it('of a text is what it contains, or that there is one', () => {
    expect(holds({ text: 'Hello there' }, { field: 'text', is: 'contains', value: 'HELLO' })).toBe(true)
    expect(holds({ text: 'Hello' }, { field: 'text', is: 'eq', value: 'hello' })).toBe(true)
    expect(holds({ text: '' }, { field: 'text', is: 'set' })).toBe(false)
    expect(holds({}, { field: 'text', is: 'unset' })).toBe(true)
    expect(holds({}, { field: 'text', is: 'contains', value: '' })).toBe(false)
  })

  it('of a number is its size', () => {
    expect(holds({ number: 10 }, { field: 'number', is: 'gt', value: 9 })).toBe(true)
    expect(holds({ number: 10 }, { field: 'number', is: 'le', value: 9 })).toBe(false)
    expect(holds({ number: 'ten' }, { field: 'number', is: 'gt', value: 1 })).toBe(false)
    expect(holds({}, { field: 'number', is: 'lt', value: 1 })).toBe(false)
    expect(holds({ number: 0 }, { field: 'number', is: 'set' })).toBe(true)
  })

  it('of a choice or a person is one of several', () => {
    expect(holds({ select: 'a' }, { field: 'select', is: 'in', value: ['a', 'b'] })).toBe(true)
    expect(holds({ select: 'c' }, { field: 'select', is: 'in', value: ['a', 'b'] })).toBe(false)
    expect(holds({ person: 'Ines' }, { field: 'person', is: 'in', value: ['ines'] })).toBe(true)
    expect(holds({ person: ['Ines', 'Jonas'] }, { field: 'person', is: 'in', value: ['Jonas'] })).toBe(true)
    expect(holds({}, { field: 'select', is: 'ne', value: 'a' })).toBe(true)
  })

  it('of a box says no where nobody has ticked it', () => {
    expect(holds({}, { field: 'checkbox', is: 'eq', value: false })).toBe(true)
    expect(holds({ checkbox: false }, { field: 'checkbox', is: 'unset' })).toBe(true)
    expect(holds({ checkbox: true }, { field: 'checkbox', is: 'eq', value: true })).toBe(true)
    expect(holds({ checkbox: true }, { field: 'checkbox', is: 'ne', value: true })).toBe(false)
  })

  it.each([
    ['today', '2026-06-17', '2026-06-18'],
    ['this-week', '2026-06-15', '2026-06-14'],
    ['this-week', '2026-06-21', '2026-06-22'],
    ['next-week', '2026-06-22', '2026-06-21'],
    ['overdue', '2026-06-16', '2026-06-17'],
  ])('of a date may be %s', (value, fits, doesNot) => {
    const predicate: FieldPredicate = { field: 'date', is: 'eq', value }
    expect(holds({ date: fits }, predicate)).toBe(true)
    expect(holds({ date: doesNot }, predicate)).toBe(false)
    expect(holds({ date: 'soon' }, predicate)).toBe(false)
  })

  it('says of nothing that is done that it is overdue', () => {
    const predicate: FieldPredicate = { field: 'date', is: 'eq', value: 'overdue' }
    expect(holds({ date: '2026-06-01' }, predicate, { status: 'posted' })).toBe(false)
    expect(holds({ date: '2026-06-01' }, predicate, { status: 'open' })).toBe(true)
    const hour = new Date(2026, 5, 17, 11).toISOString()
    expect(holds({ date: hour }, predicate)).toBe(true)
  })

  it('of a date is before or after a day', () => {
    expect(holds({ date: '2026-06-01' }, { field: 'date', is: 'lt', value: '2026-06-02' })).toBe(true)
    expect(holds({ date: '2026-06-02' }, { field: 'date', is: 'lt', value: '2026-06-02' })).toBe(false)
    expect(holds({ date: '2026-06-02T09:00:00Z' }, { field: 'date', is: 'ge', value: '2026-06-02' })).toBe(true)
    expect(holds({ date: '2026-06-16' }, { field: 'date', is: 'lt', value: 'today' })).toBe(true)
    expect(holds({ date: '2026-06-14' }, { field: 'date', is: 'lt', value: 'this-week' })).toBe(true)
    expect(holds({ date: '2026-06-15' }, { field: 'date', is: 'lt', value: 'this-week' })).toBe(false)
  })

  it('and its opposite share all chunks between them', () => {
    const value = fc.oneof(
      fc.constantFrom('a', 'b', '', null, undefined, true, false),
      fc.integer(),
      fc.constant(['a']),
    )
    const kind = fc.constantFrom('text', 'number', 'date', 'select', 'person', 'url', 'checkbox')
    fc.assert(
      fc.property(kind, value, fc.constantFrom('a', true, 1), (field, given, wanted) => {
        const fields = { [field]: given }
        expect(holds(fields, { field, is: 'set' })).toBe(!holds(fields, { field, is: 'unset' }))
        expect(holds(fields, { field, is: 'eq', value: wanted })).toBe(
          !holds(fields, { field, is: 'ne', value: wanted }),
        )
      }),
    )
  })
})

it('more conditions never find more', () => {
  const chunk = fc.record({
    status: fc.constantFrom('open', 'done', ''),
    type: fc.constantFrom('task', ''),
    tags: fc.subarray(['x', 'y', 'z']),
    fields: fc.record({ select: fc.constantFrom('a', 'b', ''), number: fc.integer({ min: 0, max: 3 }) }),
  })
  const filter: fc.Arbitrary<ChunkFilter> = fc.record({
    status: fc.subarray(['open', 'done', '']),
    tag: fc.subarray(['x', 'y', '']),
    where: fc.subarray<FieldPredicate>([
      { field: 'select', is: 'in', value: ['a'] },
      { field: 'number', is: 'ge', value: 2 },
    ]),
  })
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 8 }), filter, (contents, wanted) => {
      const chunks = contents.map((content, i) => aChunk(`c${i}`, content))
      const all = new Set(found(chunks, wanted) ?? chunks.map(({ id }) => id))
      const fewer = found(chunks, { ...wanted, type: ['task'] }) ?? []
      expect(fewer.every((id) => all.has(id))).toBe(true)
      expect(fewer).toEqual(chunks.filter(({ id, type }) => all.has(id) && type === 'task').map(({ id }) => id))
    }),
  )
})

it('what is linked is at either end of an edge with a chunk, or of a kind', () => {
  const edges = [
    { from_id: 'a', to_id: 'b', kind: 'needs' },
    { from_id: 'c', to_id: 'a', kind: 'links' },
    { from_id: 'd', to_id: 'e', kind: 'needs' },
  ]
  const linked = (edge: string) => [...linkedBy(edges, edge, (id) => id.length === 1)].sort().join('')
  expect(linked('a')).toBe('bc')
  expect(linked('needs')).toBe('abde')
  expect(linked('x')).toBe('')
})
