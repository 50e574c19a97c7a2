import { describe, expect, it } from 'vitest'
import { keyName, merged, partOf, toChange, withPatch } from './patch.ts'

describe('a patch', () => {
  const chunk = { title: 'T', body: 'B', tags: ['a'], fields: { due: '2026-06-01', owner: 'Ines' } }

  it('is laid over a chunk, field by field', () => {
    expect(withPatch(chunk, { title: 'New', 'fields.due': null, 'fields.cost': 3 })).toEqual({
      ...chunk,
      title: 'New',
      fields: { owner: 'Ines', cost: 3 },
    })
    expect(withPatch({ title: 'T' }, { 'fields.a': 1, tags: ['x'] })).toEqual({
      title: 'T',
      fields: { a: 1 },
      tags: ['x'],
    })
    expect(chunk.fields).toEqual({ due: '2026-06-01', owner: 'Ines' })
  })

  it('is sent as fields that are set, beside what is the chunk’s own', () => {
    expect(toChange({ body: 'New', 'fields.due': null, 'fields.cost': 3 }, {})).toEqual({
      body: 'New',
      set_fields: { due: null, cost: 3 },
    })
    expect(toChange({ status: '' }, {})).toEqual({ status: '' })
  })

  it('is sent with the tags that come and go alone', () => {
    expect(toChange({ tags: ['b', 'c'] }, { tags: ['a', 'b'] })).toEqual({ add_tags: ['c'], remove_tags: ['a'] })
  })

  it('of a part that others have changed is both where that can be', () => {
    const tags = { before: ['a', 'b'], mine: ['b', 'mine'], theirs: ['a', 'b', 'theirs'] }
    expect(merged('tags', tags)).toEqual(['b', 'theirs', 'mine'])
    expect(merged('tags', { ...tags, theirs: ['mine'] })).toEqual(['mine'])
    expect(merged('body', { before: 'Text', mine: 'Mine', theirs: 'Text' })).toBe('Mine')
    expect(merged('fields.due', { before: 1, mine: null, theirs: null })).toBeNull()
    expect(merged('body', { before: 'Text', mine: 'Mine', theirs: 'Theirs' })).toBeUndefined()
  })

  it('knows what is there where nothing is', () => {
    expect(partOf({ title: 'T' }, 'status')).toBe('')
    expect(partOf({ title: 'T' }, 'tags')).toEqual([])
    expect(partOf({ title: 'T' }, 'fields.due')).toBeNull()
    expect(partOf(chunk, 'fields.owner')).toBe('Ines')
  })

  it('has a word for each part', () => {
    expect(['body', 'title', 'fields.due_date'].map((key) => keyName(key as never))).toEqual([
      'text',
      'title',
      'due date',
    ])
  })
})
