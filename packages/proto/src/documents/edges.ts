import { Type } from 'typebox'
import { op } from '../op.ts'
import { Bool, cursor, next_cursor, object, optional, Text } from '../schema.ts'
import { documentId, id, limit, Ok, scope } from './parts.ts'

const fromEnd = {
  from_title: optional(Text()),
  from_type: optional(Text()),
  from_status: optional(Text()),
  from_document_id: optional(Text()),
}

const toEnd = {
  to_title: optional(Text()),
  to_type: optional(Text()),
  to_status: optional(Text()),
  to_document_id: optional(Text()),
}

const ChunkEdge = object('ChunkEdge', {
  from_id: Text(),
  to_id: Text(),
  kind: Text(),
  auto: Bool('Made from a link in the body.'),
  ...fromEnd,
  ...toEnd,
})

/** What leads from one chunk to another. */
export const edgeOps = {
  link_chunks: op({
    name: 'link_chunks',
    description: 'Draw an edge from one chunk to another, e.g. of kind implements.',
    idempotent: true,
    effect: 'changes',
    input: object('LinkChunksInput', {
      scope,
      from_id: Text(),
      to_id: Text(),
      kind: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\[\\]\\r\\n]+$' }),
    }),
    output: object('LinkChunksOutput', { ...Ok, from_id: Text(), to_id: Text(), kind: Text() }),
  }),
  unlink_chunks: op({
    name: 'unlink_chunks',
    description: 'Take an edge away.',
    idempotent: true,
    effect: 'changes',
    input: object('UnlinkChunksInput', { scope, from_id: Text(), to_id: Text(), kind: Text() }),
    output: object('UnlinkChunksOutput', { removed: Bool() }),
  }),
  get_edges: op({
    name: 'get_edges',
    description: 'The edges that start or end in a document, or at one chunk.',
    idempotent: true,
    effect: 'reads',
    input: object('GetEdgesInput', {
      scope,
      document_id: documentId,
      id: optional(Text('Of a chunk: only its edges.')),
      limit: limit(10_000, 10_000),
      cursor,
    }),
    output: object('GetEdgesOutput', { edges: Type.Array(ChunkEdge), next_cursor }),
  }),
  backlinks: op({
    name: 'backlinks',
    description: 'What leads to a chunk.',
    idempotent: true,
    effect: 'reads',
    input: object('BacklinksInput', { scope, id }),
    output: object('BacklinksOutput', {
      backlinks: Type.Array(object('Backlink', { from_id: Text(), kind: Text(), auto: Bool(), ...fromEnd })),
    }),
  }),
}
