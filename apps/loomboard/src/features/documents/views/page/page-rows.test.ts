import { expect, it } from 'vitest'
import { aChunk, chunksOf } from '../../model/makers.ts'
import { toBatches, toPageRows } from './page-rows.ts'

const chunks = chunksOf(
  aChunk('root'),
  aChunk('b', { parent_id: 'root', position: 1 }),
  aChunk('a', { parent_id: 'root', position: 0 }),
  aChunk('deep', { parent_id: 'a' }),
  aChunk('beside', { position: 1 }),
  aChunk('said', { parent_id: 'a', type: 'comment' }),
)

it('a document is read in order, its headings as deep as its chunks', () => {
  expect(toPageRows(chunks, 'root', undefined).map(({ chunk, level }) => `${chunk.id} ${level}`)).toEqual([
    'root 1',
    'a 2',
    'deep 3',
    'b 2',
    'beside 2',
  ])
})

it('of a filter only what fits is read, and no heading is deeper than there are', () => {
  expect(toPageRows(chunks, 'root', new Set(['deep'])).map(({ chunk }) => chunk.id)).toEqual(['deep'])
  const chain = chunksOf(...Array.from({ length: 9 }, (_, i) => aChunk(`c${i}`, i ? { parent_id: `c${i - 1}` } : {})))
  expect(toPageRows(chain, 'c0', undefined).map(({ level }) => level)).toEqual([1, 2, 3, 4, 5, 6, 6, 6, 6])
})

it('every row is in one batch, and batches go on one after another', () => {
  const many = chunksOf(...Array.from({ length: 100 }, (_, i) => aChunk(`c${i}`, { position: i })))
  const batches = toBatches(toPageRows(many, 'none', undefined))
  expect([...new Set(batches.values())].map(({ length }) => length)).toEqual([40, 40, 20])
  expect(batches.get('c41')?.map(({ id }) => id)).toContain('c79')
})
