import { describe, expect, it } from 'vitest'
import { parseDocumentSearch, toList, toOneOrMore } from './document-search.ts'
import { isFiltered, showAll, toFilter } from './filter.ts'

describe('the address of a view', () => {
  it('has one value or several', () => {
    expect(parseDocumentSearch({ status: 'open', tags: ['a', 'b'], type: ['task'] })).toEqual({
      status: 'open',
      tags: ['a', 'b'],
      type: 'task',
    })
    expect(parseDocumentSearch({ q: 2026, status: 3 })).toEqual({ q: '2026', status: '3' })
    expect(toList(toOneOrMore(['']))).toEqual([''])
    expect(toList(toOneOrMore([]))).toEqual([])
  })

  it('has conditions, as far as they are some', () => {
    const due = { field: 'due', is: 'eq', value: 'today' }
    expect(parseDocumentSearch({ where: [due, null, 'x', { field: 'a' }, { field: '', is: 'set' }] })).toEqual({
      where: [due],
    })
    expect(parseDocumentSearch({ where: 'x', show: ['a', 3] })).toEqual({ show: ['a'] })
  })

  it('leaves out what says nothing, but beside a saved view says what does not hold of it', () => {
    expect(parseDocumentSearch({ q: '', status: '', where: [] })).toEqual({})
    expect(parseDocumentSearch({ saved: 'mine', q: '', status: '', where: [] })).toEqual({
      saved: 'mine',
      q: '',
      status: '',
      where: [],
    })
  })

  it('knows today’s name for the open chunk, and the one before', () => {
    expect(parseDocumentSearch({ chunk: 'c1' })).toEqual({ card: 'c1' })
    expect(parseDocumentSearch({ view: 'nonsense' })).toEqual({})
  })

  it('that filters nothing, filters nothing', () => {
    expect(isFiltered({ sort: 'title', where: [{ field: 'a', is: 'contains', value: '' }] })).toBe(false)
    expect(isFiltered({ status: [''] })).toBe(true)
    const all = parseDocumentSearch({
      status: 'a',
      type: 'b',
      tags: 'c',
      q: 'd',
      edge: 'e',
      changed: true,
      where: [{ field: 'f', is: 'set' }],
    })
    expect(isFiltered(all)).toBe(true)
    expect(isFiltered({ ...all, ...showAll })).toBe(false)
    expect(toFilter(all)).toMatchObject({ status: ['a'], edge: 'e', where: [{ field: 'f' }] })
  })
})
