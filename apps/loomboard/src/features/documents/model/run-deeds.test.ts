import type { DocumentChange } from '@loomcycle/client'
import { expect, it } from 'vitest'
import { runDeeds } from './run-deeds.ts'

let seq = 0
const aChange = (chunk_id: string, op: string, run?: string, id = 'drafter'): DocumentChange => ({
  ...{ type: 'change', seq: ++seq, op, document_id: 'd', chunk_id, title: chunk_id, at: '2026-06-01T10:00:00Z' },
  actor: run ? { kind: 'agent', id, run_id: run } : { kind: 'user', id },
})

it('what a run did is taken back, but for what others have changed since', () => {
  const all = [
    aChange('a', 'update_chunk', 'r1'),
    aChange('b', 'create_chunk', 'r1'),
    aChange('b', 'update_chunk', 'r1'),
    aChange('c', 'move_card', 'r1'),
    aChange('a', 'update_chunk', undefined, 'ada'),
    aChange('c', 'link_chunks', 'r1'),
    aChange('d', 'update_chunk', undefined, 'ada'),
    aChange('d', 'update_chunk', 'r1'),
    aChange('e', 'delete_chunk', 'r1'),
  ]
  const own = all.filter(({ actor }) => actor.run_id === 'r1')
  const { taken, kept } = runDeeds(own, all)
  expect(taken.map(({ title, what }) => `${what} ${title}`)).toEqual(['added b', 'moved c', 'changed d', 'deleted e'])
  expect(kept.map(({ title, by }) => `${title} ${by.id}`)).toEqual(['a ada'])
})
