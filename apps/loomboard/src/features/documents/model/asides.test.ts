import { expect, it } from 'vitest'
import { withoutAsides } from './asides.ts'
import { aChunk, chunksOf } from './makers.ts'

it('what is said about a document, and how it is shown, is no part of what it says', () => {
  const all = chunksOf(
    aChunk('root', { type: 'comment' }),
    aChunk('a', { parent_id: 'root' }),
    aChunk('one', { parent_id: 'a', type: 'comment' }),
    aChunk('two', { parent_id: 'a', type: 'comment' }),
    aChunk('main', { parent_id: 'root', type: 'loom/board', natural_key: 'board:main' }),
    aChunk('else', { parent_id: 'root', type: 'loom/else' }),
  )
  const { chunks, boards, comments } = withoutAsides(all, 'root')
  expect([...chunks.keys()]).toEqual(['root', 'a'])
  expect(boards.get('main')?.id).toBe('main')
  expect([...comments]).toEqual([['a', 2]])
})

it('a document without any is the same as it was', () => {
  const all = chunksOf(aChunk('root'), aChunk('a'))
  expect(withoutAsides(all, 'root').chunks).toBe(all)
})
