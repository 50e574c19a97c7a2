import { expect, it } from 'vitest'
import { aChunk, chunksOf } from '../model/makers.ts'
import type { ChunkEdit } from './chunk-edit.ts'
import { noEdits, shownChunks } from './shown-chunks.ts'

const chunks = chunksOf(aChunk('a'), aChunk('b'))
const written = (waiting: ChunkEdit['waiting']): ChunkEdit => ({ revision: 1, before: {}, waiting })
const shown = (edit: ChunkEdit) => shownChunks(chunks, { ...noEdits, edits: new Map([['a', edit]]) })

it('a text that is being written changes nothing of what is seen here', () => {
  expect(shown(written({ body: 'Words' }))).toBe(chunks)
})

it('anything else is seen, and the other chunks are what they were', () => {
  const both = shown(written({ body: 'Words', title: 'Another' }))
  expect(both.get('a')).toEqual(aChunk('a', { title: 'Another' }))
  expect(both.get('b')).toBe(chunks.get('b'))
})
