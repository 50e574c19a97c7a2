import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutAsides } from './asides.ts'
import { aChunk, chunksOf } from './makers.ts'
import type { OutlineChunk } from './outline.ts'

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

it('a comment is about a card, wherever it stands', () => {
  const all = chunksOf(
    aChunk('root'),
    aChunk('a', { parent_id: 'root' }),
    aChunk('one', { parent_id: 'a', type: 'comment' }),
    aChunk('answer', { parent_id: 'one', type: 'comment' }),
    aChunk('main', { parent_id: 'root', type: 'loom/board', natural_key: 'board:main' }),
    aChunk('of settings', { parent_id: 'main', type: 'comment' }),
    aChunk('of nothing', { type: 'comment' }),
    aChunk('of what is gone', { parent_id: 'gone', type: 'comment' }),
    aChunk('of itself', { parent_id: 'of itself', type: 'comment' }),
  )
  expect([...withoutAsides(all, 'root').comments]).toEqual([
    ['a', 2],
    ['root', 4],
  ])
})

it('a document without any is the same as it was', () => {
  const all = chunksOf(aChunk('root'), aChunk('a'))
  expect(withoutAsides(all, 'root').chunks).toBe(all)
})

it('after whatever changes it is what it would be if it were told apart anew', () => {
  const id = fc.constantFrom('root', 'a', 'b', 'c')
  const type = fc.constantFrom(undefined, 'comment', 'loom/board')
  const step = fc.record({ id, type, under: fc.constantFrom('root', 'a', 'b'), isGone: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let all: ReadonlyMap<string, OutlineChunk> = chunksOf(aChunk('root'), aChunk('a'))
      let contents = withoutAsides(all, 'root')
      for (const { id, type, under, isGone } of steps) {
        const next = new Map(all)
        const natural_key = type === 'loom/board' ? { natural_key: `board:${id}` } : {}
        if (isGone) next.delete(id)
        else next.set(id, aChunk(id, { parent_id: type ? under : 'root', ...(type ? { type } : {}), ...natural_key }))
        all = next
        contents = withoutAsides(all, 'root', contents)
        expect(contents).toEqual(withoutAsides(all, 'root'))
        expect([...contents.chunks.keys()]).toEqual([...withoutAsides(all, 'root').chunks.keys()])
      }
    }),
  )
})

it('where only chunks change, what is said about them and how they are shown is the same', () => {
  const all = chunksOf(aChunk('a'), aChunk('one', { parent_id: 'a', type: 'comment' }))
  const before = withoutAsides(all, 'root')
  const after = withoutAsides(new Map(all).set('a', aChunk('a', { title: 'Another' })), 'root', before)
  expect(after.said).toBe(before.said)
  expect(after.boards).toBe(before.boards)
  expect(after.chunks.get('a')?.title).toBe('Another')
})
