import { Type } from 'typebox'
import { op } from '../op.ts'
import { Bool, emptyCounts, Int, object, optional, Text } from '../schema.ts'
import { Chunk } from './chunk.ts'
import {
  after_id,
  before_id,
  body,
  fields,
  id,
  newChunk,
  not_started,
  position,
  revision,
  scope,
  since,
  status,
  tagList,
  tags,
  title,
  type,
} from './parts.ts'

/** What a chunk says. */
export const chunkOps = {
  create_chunk: op({
    name: 'create_chunk',
    description: 'Add a chunk; last among its siblings unless a place is given.',
    idempotent: false,
    effect: 'changes',
    input: object('CreateChunkInput', { scope, document_id: Text(), title, ...newChunk }),
    output: Chunk,
  }),
  upsert_chunk: op({
    name: 'upsert_chunk',
    description: 'Add a chunk, or change the one that has this natural key in the document.',
    idempotent: true,
    effect: 'changes',
    input: object('UpsertChunkInput', {
      scope,
      document_id: Text(),
      natural_key: Type.String({ minLength: 1, maxLength: 500 }),
      title,
      ...newChunk,
    }),
    output: object('UpsertChunkOutput', {
      id: Text(),
      natural_key: Text(),
      created: Bool(),
      revision: Int(),
      not_started,
    }),
  }),
  get_chunk: op({
    name: 'get_chunk',
    description: 'Read a chunk.',
    idempotent: true,
    effect: 'reads',
    input: object('GetChunkInput', { scope, id }),
    output: Chunk,
  }),
  update_chunk: op({
    name: 'update_chunk',
    description: 'Change what is given of a chunk, its place included, in one step; needs the revision you have read.',
    idempotent: false,
    effect: 'changes',
    input: object('UpdateChunkInput', {
      scope,
      id,
      revision: optional(revision),
      title: emptyCounts(optional(title)),
      type,
      status,
      body,
      fields,
      set_fields: optional(
        Type.Record(Type.String(), Type.Unknown(), {
          description: 'Only these fields; null takes one away. The others stay.',
        }),
      ),
      tags,
      add_tags: optional(tagList('Only these besides; the others stay.')),
      remove_tags: optional(tagList('Only these go; the others stay.')),
      preamble: emptyCounts(optional(Text())),
      parent_id: emptyCounts(optional(Text('Moves it under another chunk; "" to the top level.'))),
      position,
      after_id,
      before_id,
    }),
    output: Chunk,
  }),
  delete_chunk: op({
    name: 'delete_chunk',
    description: 'Delete a chunk and everything under it.',
    idempotent: false,
    effect: 'changes',
    input: object('DeleteChunkInput', {
      scope,
      id,
      revision: optional(revision),
      unchanged_since: since(
        'Number of the latest change you have seen; refused (409 changed_since, with the changes) where something was done since to the chunk, to anything under it, or to edges that lead there.',
      ),
    }),
    output: object('DeleteChunkOutput', { deleted: Bool(), cascade_deleted_descendants: Int() }),
  }),
}
