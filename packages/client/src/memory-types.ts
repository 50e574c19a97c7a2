import type { CallOptions, KeyedCallOptions, StreamOptions } from './types.ts'
import type * as wire from './wire.gen.ts'

/** A kind of memory: an agent's, a user's, a tenant's. */
export type MemoryScopeKind = wire.MemoryScopeInfo

/** Body of `GET /v1/_memory/scopes`. */
export type MemoryScopesResponse = wire.MemoryScopeList

/** Somebody's memory in a scope, and how much of it there is. */
export type MemoryScopeIDSummary = wire.MemoryScopeId

/** Whose memory there is in a scope. */
export type MemoryScopeIDsResponse = wire.MemoryScopeIds

/** A value by its key. Times are RFC 3339. */
export type MemoryEntry = wire.MemoryEntry

/** Which entries. */
export interface ListMemoryScopeIDsOptions extends CallOptions {
  /** Goes on after this scope id, where an answer was `truncated`. */
  after?: string
  limit?: number
  /** `next_cursor` of the page before. */
  cursor?: string
}

export interface ListMemoryEntriesOptions extends CallOptions {
  /** Only keys that start with it. */
  prefix?: string
  limit?: number
  /** `next_cursor` of the page before. */
  cursor?: string
}

/** Entries in order of key; `truncated` where there are more. */
export interface MemoryEntriesResponse {
  scope: string
  scope_id: string
  entries: MemoryEntry[]
  truncated: boolean
  /** There are more: ask with it as `cursor`. */
  next_cursor?: string
}

/** One entry. */
export type MemoryEntryResponse = wire.MemoryEntryAnswer

/** A value to keep. */
export interface SetMemoryEntryOptions extends KeyedCallOptions {
  /** Any JSON value. */
  value: unknown
  /** Make it findable by `memorySearch`. */
  embed?: boolean
  ttl_seconds?: number
}

/** What was kept; `embed_warning` says why it cannot be found by meaning though that was asked for. */
export type SetMemoryEntryResponse = wire.MemoryPutResult

/** What to search: entries, or what is known from elsewhere. */
export type MemorySource = 'facts' | 'notes' | 'documents'

/** What to find by meaning. `rank` and `dedup` are sent as they are: see `wire.MemoryRank` and `wire.MemoryDedup`. */
export interface MemorySearchInput {
  query: string
  scope: string
  scopeId: string
  topK?: number
  rank?: Record<string, unknown>
  dedup?: Record<string, unknown>
  sources?: MemorySource[]
}

/** Something found. */
export interface MemorySearchEntry {
  key: string
  value: unknown
  /** Closeness in meaning, up to 1. */
  score: number
  /** What the order comes from. */
  rank_score: number
  embedded_with: { provider: string; model: string }
  kind: 'fact' | 'note' | 'document'
  /** With `document`: where it is. */
  chunk_id?: string
  document?: string
  title?: string
}

/** What was found, best first. */
export interface MemorySearchResponse {
  scope: string
  scope_id: string
  entries: MemorySearchEntry[]
  query_embedding_dim: number
  truncated: boolean
}

/** Vectors of one embedder. */
export type MemoryEmbedModelStats = wire.EmbedModelStats

/** Which embedders the vectors came from. */
export interface MemoryEmbedStatsResponse {
  scope: string
  models: MemoryEmbedModelStats[]
  total_embedding_bytes: number
}

/** The embedder of now. */
export type MemoryReembedConfigured = wire.EmbedderName

/** How far a re-embedding goes. */
export interface ReembedMemoryOptions extends KeyedCallOptions {
  /** Only say what would be done; so unless false. */
  dryRun?: boolean
  limit?: number
}

/** How far a chore goes. */
export interface EmbeddingChoreOptions extends ReembedMemoryOptions {
  /** Only keys that start with it. */
  prefix?: string
  /** Another tenant than one's own; for administrators. */
  tenant?: string
}

/** What would be made anew, or was. */
export type MemoryReembedResponse =
  | {
      scope: string
      scope_id: string
      dry_run: true
      rows_total: number
      rows_to_reembed: number
      current_embedder: MemoryReembedConfigured
      sample_keys: string[]
      sample_keys_capped: boolean
    }
  | {
      scope: string
      scope_id: string
      dry_run: false
      rows_reembedded: number
      rows_failed: number
      current_embedder: MemoryReembedConfigured
      failed_keys?: string[]
    }

/** Which changes to memory. */
export interface MemoryChangesOptions extends StreamOptions {
  /** Also what was done after this one; only what is yet to come without it. */
  since?: number
  /** Another tenant; for the operator. */
  tenant?: string
}

/** Which values have no vector, or had none. */
export interface MemoryBackfillResponse {
  scope: string
  scope_id: string
  prefix?: string
  dry_run: boolean
  candidates: number
  embedded?: number
  failed?: number
  skipped_empty?: number
  /** There are more; ask again. */
  more?: boolean
  failed_keys?: string[]
  sample_keys?: string[]
  notes?: string[]
}

/** Which vectors no search can find, or could. */
export interface MemoryPurgeResponse {
  scope: string
  scope_id: string
  prefix?: string
  dry_run: boolean
  scanned: number
  stale: number
  purged: number
  failed?: number
  truncated: boolean
  sample_keys?: string[]
  failed_keys?: string[]
  first_failure?: string
  notes?: string[]
}
