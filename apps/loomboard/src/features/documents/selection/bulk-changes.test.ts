import { expect, it } from 'vitest'
import { aChunk } from '../model/makers.ts'
import { countOf, settingAll, taggingAll } from './bulk-changes.ts'

const chunks = [aChunk('a', { status: 'open', tags: ['x'] }), aChunk('b', { fields: { due_date: '2026-06-01' } })]

it('what is so already is not changed, and is not counted', () => {
  expect(settingAll(chunks, 'status', 'open')).toEqual({
    changes: [{ id: 'b', patch: { status: 'open' } }],
    label: 'setting the status of 1 chunk',
  })
  expect(settingAll(chunks, 'fields.due_date', null)).toEqual({
    changes: [{ id: 'b', patch: { 'fields.due_date': null } }],
    label: 'setting the due date of 1 chunk',
  })
})

it('a tag comes and goes, the others stay', () => {
  expect(taggingAll(chunks, 'y', true).changes).toEqual([
    { id: 'a', patch: { tags: ['x', 'y'] } },
    { id: 'b', patch: { tags: ['y'] } },
  ])
  expect(taggingAll(chunks, 'x', false)).toEqual({
    changes: [{ id: 'a', patch: { tags: [] } }],
    label: 'untagging 1 chunk',
  })
})

it('counts who has what', () => {
  expect([...countOf(chunks, 'status')]).toEqual([
    ['open', 1],
    ['', 1],
  ])
  expect([...countOf(chunks, 'tags')]).toEqual([['x', 1]])
})
