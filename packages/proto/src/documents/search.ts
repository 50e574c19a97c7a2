import { Type } from 'typebox'
import { op } from '../op.ts'
import { Anything, Bool, cursor, emptyCounts, Int, next_cursor, object, oneOf, optional, Text } from '../schema.ts'
import { ChunkSummary } from './chunk.ts'
import { documentId, id, limit, scope } from './parts.ts'

const FoundChunk = object('FoundChunk', {
  chunk_id: Text(),
  score: Type.Number({ description: 'Higher is closer.' }),
  title: optional(Text()),
  type: optional(Text()),
  document_id: optional(Text()),
  excerpt: optional(Text()),
})

export const FieldPredicate = object('FieldPredicate', {
  field: Text(),
  is: oneOf(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in', 'contains', 'set', 'unset']),
  value: optional(Anything()),
})

/** Finding chunks. */
export const searchOps = {
  query_chunks: op({
    name: 'query_chunks',
    description:
      'Find chunks by what they are, or with one read-only SELECT over documents, chunks, chunk_edges, chunk_types and chunk_tags, where fields of declared types are columns of chunks.',
    idempotent: true,
    effect: 'reads',
    input: object('QueryChunksInput', {
      scope,
      document_id: documentId,
      ids: optional(
        Type.Array(Text(), {
          minItems: 1,
          maxItems: 1000,
          description: 'Only these chunks, as far as they are there.',
        }),
      ),
      type: optional(Text()),
      status: optional(Text()),
      parent_id: emptyCounts(optional(Text('"" for the top level.'))),
      under_path: optional(Text('Only of documents at or below this path.')),
      tag: optional(Text()),
      tag_prefix: optional(Text()),
      text: optional(Text('Words that occur.')),
      where: optional(Type.Array(FieldPredicate, { maxItems: 20, description: 'All must hold of the fields.' })),
      sort: optional(
        Type.String({
          pattern: '^(position|rank|title|type|status|created_at|updated_at|field:.+)$',
          description: 'position, rank, title, type, status, created_at, updated_at or field:<name>.',
        }),
      ),
      order: optional(oneOf(['asc', 'desc'])),
      include: optional(
        Type.Array(oneOf(['body', 'fields', 'tags', 'actors']), {
          description: '`actors`: who made it and when, and who wrote it last.',
        }),
      ),
      limit: limit(1000, 100),
      offset: optional(Type.Integer({ minimum: 0 })),
      cursor,
      sql: optional(Text('One SELECT; nothing else of this applies then.')),
      args: optional(
        Type.Array(Type.Unknown(), { maxItems: 32_766, description: 'For the places for values in `sql`.' }),
      ),
    }),
    output: object('QueryChunksOutput', {
      chunks: optional(Type.Array(ChunkSummary)),
      next_cursor,
      seq: optional(Int('All changes of the scope up to this one are in these chunks; follow from here.')),
      columns: optional(Type.Array(Text())),
      rows: optional(Type.Array(Type.Array(Type.Unknown()))),
      truncated: optional(Bool()),
    }),
  }),
  search: op({
    name: 'search',
    description:
      'Find chunks by the words in them and, where there is an embedder, by what they mean; the closest first.',
    idempotent: true,
    effect: 'reads',
    input: object('SearchChunksInput', { scope, query: Text(), document_id: documentId, limit: limit(100, 20) }),
    output: object('SearchChunksOutput', {
      chunks: Type.Array(FoundChunk),
      note: optional(Text('What was found by words only, and why.')),
    }),
  }),
  related: op({
    name: 'related',
    description: 'Chunks that share edges, tags or words with this one.',
    idempotent: true,
    effect: 'reads',
    input: object('RelatedChunksInput', { scope, id, limit: limit(100, 20) }),
    output: object('RelatedChunksOutput', { related: Type.Array(FoundChunk) }),
  }),
  unlinked_mentions: op({
    name: 'unlinked_mentions',
    description: 'Chunks that mention this one’s title without a link.',
    idempotent: true,
    effect: 'reads',
    input: object('UnlinkedMentionsInput', { scope, id, limit: limit(500, 100) }),
    output: object('UnlinkedMentionsOutput', {
      unlinked_mentions: Type.Array(
        object('UnlinkedMention', { chunk_id: Text(), title: optional(Text()), document_id: optional(Text()) }),
      ),
      truncated: Bool(),
    }),
  }),
}
