import { describe, expect, it } from 'vitest'
import { aChunk, chunksOf } from './makers.ts'
import { ancestorsOf, countBy, toOutline, toOutlineRows } from './outline.ts'

const chunks = chunksOf(
  aChunk('plan'),
  aChunk('goals', { parent_id: 'plan', position: 1, status: 'open', tags: ['x'] }),
  aChunk('first', { parent_id: 'plan', position: 0, type: 'note' }),
  aChunk('deep', { parent_id: 'goals', status: 'open', type: 'note' }),
  aChunk('lost', { parent_id: 'nowhere', position: 9 }),
)
const outline = toOutline(chunks)
const ids = (closed: string[] = [], found?: string[]) =>
  toOutlineRows(outline, new Set(closed), found && new Set(found)).map(({ id }) => id)

describe('the outline of a document', () => {
  it('has every chunk, siblings by position, and what has lost its parent at the top', () => {
    expect(ids()).toEqual(['plan', 'first', 'goals', 'deep', 'lost'])
    expect(toOutlineRows(outline, new Set(), undefined)).toMatchObject([
      { level: 1, expanded: true, place: 1, count: 2 },
      { level: 2, place: 1, count: 2, parentId: 'plan' },
      { level: 2, expanded: true, place: 2, count: 2 },
      { level: 3 },
      { level: 1, place: 2 },
    ])
  })

  it('leaves out what is in something closed', () => {
    expect(ids(['goals'])).toEqual(['plan', 'first', 'goals', 'lost'])
    expect(ids(['plan'])).toEqual(['plan', 'lost'])
  })

  it('shows what was found with what it is in', () => {
    expect(ids([], ['deep'])).toEqual(['plan', 'goals', 'deep'])
    const rows = toOutlineRows(outline, new Set(), new Set(['deep']))
    expect(rows.map(({ context }) => context)).toEqual([true, true, false])
    expect(ids([], [])).toEqual([])
  })

  it('counts what is there', () => {
    expect(countBy(chunks, ({ status }) => (status ? [status] : []))).toEqual([{ value: 'open', count: 2 }])
    expect(ancestorsOf(chunks, 'deep').map(({ id }) => id)).toEqual(['plan', 'goals'])
  })

  it('has an end, also where chunks are under each other', () => {
    const circle = chunksOf(aChunk('a', { parent_id: 'b' }), aChunk('b', { parent_id: 'a' }))
    expect(ancestorsOf(circle, 'a').map(({ id }) => id)).toEqual(['b'])
  })
})
