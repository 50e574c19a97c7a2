import { expect, it } from 'vitest'
import { groupings, groupName } from './group.ts'

it('a document is grouped by its status, its types, its choices and its people', () => {
  const fields = [
    { name: 'size', kind: 'select', options: ['small', 'large'] },
    { name: 'asked_by', kind: 'person', options: [] },
    { name: 'note', kind: 'text', options: [] },
  ]
  const specs = new Map([
    ['task', fields],
    ['idea', fields],
  ])
  expect(groupings(specs)).toEqual(['status', 'type', 'field:size', 'field:asked_by'])
  expect(groupings(specs).map(groupName)).toEqual(['status', 'type', 'size', 'asked by'])
})
