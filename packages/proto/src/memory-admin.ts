import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { EmbeddedWith, MemoryDedup, MemoryRank, MemorySearchEntry, memoryScopes } from './memory.ts'
import { Anything, Bool, cursor, Int, next_cursor, type Of, object, oneOf, optional, Text } from './schema.ts'

const MemoryKey = Text('May hold slashes.')
const tenant = optional(Text('Another tenant than one’s own; for admins.'))

export const MemoryEntry = object('MemoryEntry', {
  key: Text(),
  value: Anything(),
  expires_at: optional(Text()),
  created_at: Text(),
  updated_at: Text(),
})
export type MemoryEntry = Of<typeof MemoryEntry>

export const EmbedderName = object('EmbedderName', { provider: Text(), model: Text(), dimension: Int() })
export type EmbedderName = Of<typeof EmbedderName>

export const MemoryScopeList = object('MemoryScopeList', {
  scopes: Type.Array(object('MemoryScopeInfo', { name: Text(), description: Text() })),
})
export const mostScopeIds = 5000
export const MemoryScopeIdsQuery = object('MemoryScopeIdsQuery', {
  limit: optional(Type.Integer({ minimum: 1, maximum: mostScopeIds, default: mostScopeIds })),
  after: optional(Text('Goes on after this scope_id.')),
  cursor,
  tenant,
})
export const MemoryScopeIds = object('MemoryScopeIds', {
  scope: Text(),
  scope_ids: Type.Array(
    object('MemoryScopeId', { scope_id: Text(), key_count: Int(), bytes: Int(), updated_at: Text() }),
  ),
  truncated: optional(Bool('There are more; ask again with `cursor`, or with `after`.')),
  next_cursor,
})
export const MemoryKeysQuery = object('MemoryKeysQuery', {
  prefix: optional(Text()),
  limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
  cursor,
  include_embedding_metadata: optional(Bool()),
  tenant,
})
export const MemoryEntries = object('MemoryEntries', {
  scope: Text(),
  scope_id: Text(),
  entries: Type.Array(MemoryEntry),
  truncated: Bool(),
  next_cursor,
  embedding_metadata: optional(Type.Record(Type.String(), EmbedderName)),
})
export const MemoryEntryAnswer = object('MemoryEntryAnswer', { scope: Text(), scope_id: Text(), entry: MemoryEntry })
export const MemoryPutQuery = object('MemoryPutQuery', { embed: optional(Bool()), tenant })
export const MemoryPutBody = object('MemoryPutBody', {
  value: Anything('Any JSON value.'),
  embed: optional(Bool('Make the value findable by search.')),
  embed_text: optional(Text('What search goes by, in place of the value.')),
  ttl_seconds: optional(Type.Integer({ minimum: 1 })),
})
export const MemoryPutResult = object('MemoryPutResult', {
  scope: Text(),
  scope_id: Text(),
  key: MemoryKey,
  embedded: Bool(),
  embed_warning: optional(Text()),
})
export const MemoryTenantQuery = object('MemoryTenantQuery', { tenant })

export const EmbedStatsQuery = object('EmbedStatsQuery', { scope: optional(oneOf(memoryScopes)), tenant })
export const EmbedStats = object('EmbedStats', {
  scope: Text('Empty for all.'),
  tenant: Text(),
  models: Type.Array(
    object('EmbedModelStats', { provider: Text(), model: Text(), dimension: Int(), row_count: Int() }),
  ),
  total_embedding_bytes: Int(),
  current_embedder: optional(EmbedderName),
  notes: optional(Type.Array(Text())),
})

const chore = {
  scope: oneOf(memoryScopes),
  scope_id: Type.String({ minLength: 1 }),
  dry_run: optional(Type.Boolean({ default: true, description: 'Only say what would be done; so unless false.' })),
  tenant,
}
export const ReembedQuery = object('ReembedQuery', {
  ...chore,
  limit: optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
})
export const ReembedResult = object('ReembedResult', {
  scope: Text(),
  scope_id: Text(),
  dry_run: Bool(),
  rows_total: Int(),
  rows_to_reembed: Int(),
  rows_reembedded: optional(Int()),
  rows_failed: optional(Int()),
  current_embedder: EmbedderName,
  sample_keys: optional(Type.Array(Text())),
  sample_keys_capped: optional(Bool()),
  failed_keys: optional(Type.Array(Text())),
})
export type ReembedResult = Of<typeof ReembedResult>
export const EmbeddingChoreQuery = object('EmbeddingChoreQuery', {
  ...chore,
  prefix: optional(Text()),
  limit: optional(Type.Integer({ minimum: 1, maximum: 500, default: 200 })),
})
export const BackfillEmbeddingsResult = object('BackfillEmbeddingsResult', {
  scope: Text(),
  scope_id: Text(),
  prefix: optional(Text()),
  dry_run: Bool(),
  candidates: Int('Values without a vector.'),
  embedded: optional(Int()),
  failed: optional(Int()),
  skipped_empty: optional(Int()),
  more: optional(Bool()),
  failed_keys: optional(Type.Array(Text())),
  sample_keys: optional(Type.Array(Text())),
  current_embedder: EmbedderName,
  notes: Type.Array(Text()),
})
export type BackfillEmbeddingsResult = Of<typeof BackfillEmbeddingsResult>
export const PurgeEmbeddingsResult = object('PurgeEmbeddingsResult', {
  scope: Text(),
  scope_id: Text(),
  prefix: optional(Text()),
  dry_run: Bool(),
  scanned: Int(),
  stale: Int('Vectors that no search with the embedder of now can find.'),
  purged: optional(Int()),
  truncated: Bool(),
  sample_keys: optional(Type.Array(Text())),
  notes: Type.Array(Text()),
})
export type PurgeEmbeddingsResult = Of<typeof PurgeEmbeddingsResult>

export const MemorySearchBody = object('MemorySearchBody', {
  query: Type.String({ minLength: 1 }),
  scope: oneOf(memoryScopes),
  scope_id: Type.String({ minLength: 1 }),
  top_k: optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  prefix: optional(Text()),
  rank: optional(MemoryRank),
  dedup: optional(MemoryDedup),
  sources: optional(
    Type.Array(oneOf(['facts', 'notes', 'documents']), {
      description: 'Entries of memory are facts; there is no other.',
    }),
  ),
  tenant,
})
export const MemorySearchResult = object('MemorySearchResult', {
  scope: Text(),
  scope_id: Text(),
  entries: Type.Array(
    object('MemorySearchHit', { ...MemorySearchEntry.properties, embedded_with: EmbeddedWith, kind: Text() }),
  ),
  query_embedding_dim: Int(),
  truncated: Bool(),
  dedup_dropped: optional(Int()),
  rank_note: optional(Text()),
})

const MemoryFeed = object(
  'MemoryFeed',
  {
    type: Type.Literal('feed'),
    enabled: Bool(),
    since: Int(),
    embedder: optional(Text('Provider and model, where there is one.')),
  },
  'The first frame; its id is where to go on from.',
)
export const MemoryChange = object(
  'MemoryChange',
  {
    type: oneOf(['memory.set', 'memory.delete']),
    seq: Int('Number of the change in its tenant; also the frame’s id.'),
    tenant: Text(),
    scope: oneOf(memoryScopes),
    scope_id: Text(),
    key: Text(),
    at: Text(),
  },
  'What was last done to a key. Of several changes that are read together only the last is told.',
)

const common = { access: 'substrate:tenant', envelope: 'json' } as const
const place = '/v1/_memory/scopes/{scope}/{scope_id}/keys'

/** Looking at memory, and putting it right, from outside of runs. */
export const memoryEndpoints = {
  listMemoryScopes: endpoint({
    ...common,
    method: 'GET',
    path: '/v1/_memory/scopes',
    summary: 'The scopes there are',
    result: MemoryScopeList,
    errors: [],
  }),
  listMemoryScopeIds: endpoint({
    ...common,
    method: 'GET',
    path: '/v1/_memory/scopes/{scope}',
    summary: 'Whose memory there is in a scope, in order of scope_id',
    query: MemoryScopeIdsQuery,
    result: MemoryScopeIds,
    errors: ['invalid_request', 'invalid_cursor', 'insufficient_scope', 'backpressure'],
  }),
  listMemoryKeys: endpoint({
    ...common,
    method: 'GET',
    path: place,
    summary: 'Keys with their values, in order of key',
    query: MemoryKeysQuery,
    result: MemoryEntries,
    errors: ['invalid_request', 'invalid_cursor', 'insufficient_scope'],
  }),
  getMemoryKey: endpoint({
    ...common,
    method: 'GET',
    path: `${place}/{key...}`,
    summary: 'One value',
    query: MemoryTenantQuery,
    result: MemoryEntryAnswer,
    errors: ['invalid_request', 'insufficient_scope', 'not_found'],
  }),
  putMemoryKey: endpoint({
    ...common,
    method: 'PUT',
    path: `${place}/{key...}`,
    summary: 'Keep a value, in place of what was there',
    query: MemoryPutQuery,
    body: MemoryPutBody,
    result: MemoryPutResult,
    errors: [
      'invalid_json',
      'invalid_request',
      'insufficient_scope',
      'payload_too_large',
      'memory_value_too_large',
      'memory_quota_exceeded',
    ],
  }),
  deleteMemoryKey: endpoint({
    ...common,
    method: 'DELETE',
    path: `${place}/{key...}`,
    summary: 'Forget a value, whether there was one or not',
    query: MemoryTenantQuery,
    status: 204,
    errors: ['invalid_request', 'insufficient_scope'],
  }),
  followMemoryChanges: endpoint({
    ...common,
    method: 'GET',
    path: '/v1/_memory/changes',
    summary: 'Follow what is done to memory; resumes after `since` or `Last-Event-ID`. Deletions are told for 30 days',
    query: object('MemoryChangesQuery', {
      since: optional(
        Type.Integer({
          minimum: 0,
          description: 'Also what was done after this one; only what is yet to come without it.',
        }),
      ),
      tenant,
    }),
    stream: Type.Union([MemoryFeed, MemoryChange]),
    errors: ['invalid_request', 'insufficient_scope'],
  }),
  memoryEmbedStats: endpoint({
    ...common,
    method: 'GET',
    path: '/v1/_memory/embed_stats',
    summary: 'Which embedders the vectors came from',
    query: EmbedStatsQuery,
    result: EmbedStats,
    errors: ['invalid_request', 'insufficient_scope', 'backpressure'],
  }),
  reembedMemory: endpoint({
    ...common,
    method: 'POST',
    path: '/v1/_memory/reembed',
    summary: 'Make the vectors of other embedders anew',
    query: ReembedQuery,
    result: ReembedResult,
    errors: ['invalid_request', 'insufficient_scope', 'vector_unsupported', 'backpressure'],
  }),
  backfillMemoryEmbeddings: endpoint({
    ...common,
    method: 'POST',
    path: '/v1/_memory/backfill_embeddings',
    summary: 'Make vectors for values that have none',
    query: EmbeddingChoreQuery,
    result: BackfillEmbeddingsResult,
    errors: ['invalid_request', 'insufficient_scope', 'vector_unsupported', 'backpressure'],
  }),
  purgeStaleMemoryEmbeddings: endpoint({
    ...common,
    method: 'POST',
    path: '/v1/_memory/purge_stale_embeddings',
    summary: 'Delete vectors that no search can find',
    query: EmbeddingChoreQuery,
    result: PurgeEmbeddingsResult,
    errors: ['invalid_request', 'insufficient_scope', 'vector_unsupported', 'backpressure'],
  }),
  searchMemory: endpoint({
    ...common,
    method: 'POST',
    path: '/v1/_memory/search',
    key: 'none',
    summary: 'Find values by meaning',
    body: MemorySearchBody,
    result: MemorySearchResult,
    errors: ['invalid_json', 'invalid_request', 'insufficient_scope', 'vector_unsupported'],
  }),
}
