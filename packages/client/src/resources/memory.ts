import { followChanges } from '../follow-changes.ts'
import { type Http, keyed, path } from '../http.ts'
import type {
  EmbeddingChoreOptions,
  ListMemoryEntriesOptions,
  ListMemoryScopeIDsOptions,
  MemoryBackfillResponse,
  MemoryChangesOptions,
  MemoryEmbedStatsResponse,
  MemoryEntriesResponse,
  MemoryEntryResponse,
  MemoryPurgeResponse,
  MemoryReembedResponse,
  MemoryScopeIDsResponse,
  MemoryScopesResponse,
  MemorySearchInput,
  MemorySearchResponse,
  ReembedMemoryOptions,
  SetMemoryEntryOptions,
  SetMemoryEntryResponse,
} from '../memory-types.ts'
import type { CallOptions, KeyedCallOptions } from '../types.ts'
import type { MemoryChange } from '../wire.gen.ts'
import type { StreamContext } from './runs.ts'

export async function listMemoryScopes(http: Http, opts: CallOptions = {}): Promise<MemoryScopesResponse> {
  return http.get('/v1/_memory/scopes', { signal: opts.signal })
}

export async function listMemoryScopeIDs(
  http: Http,
  scope: string,
  opts: ListMemoryScopeIDsOptions = {},
): Promise<MemoryScopeIDsResponse> {
  const query = { after: opts.after, limit: positive(opts.limit), cursor: opts.cursor }
  return http.get(path`/v1/_memory/scopes/${scope}`, { query, signal: opts.signal })
}

export async function listMemoryEntries(
  http: Http,
  scope: string,
  scopeID: string,
  opts: ListMemoryEntriesOptions = {},
): Promise<MemoryEntriesResponse> {
  const query = { prefix: opts.prefix, limit: positive(opts.limit), cursor: opts.cursor }
  return http.get(path`/v1/_memory/scopes/${scope}/${scopeID}/keys`, { query, signal: opts.signal })
}

export async function getMemoryEntry(
  http: Http,
  scope: string,
  scopeID: string,
  key: string,
  opts: CallOptions = {},
): Promise<MemoryEntryResponse> {
  return http.get(entryPath(scope, scopeID, key), { signal: opts.signal })
}

export async function setMemoryEntry(
  http: Http,
  scope: string,
  scopeID: string,
  key: string,
  opts: SetMemoryEntryOptions,
): Promise<SetMemoryEntryResponse> {
  const body = { value: opts.value, embed: opts.embed, ttl_seconds: opts.ttl_seconds }
  return http.put(entryPath(scope, scopeID, key), body, keyed(opts))
}

export async function deleteMemoryEntry(
  http: Http,
  scope: string,
  scopeID: string,
  key: string,
  opts: KeyedCallOptions = {},
): Promise<void> {
  return http.delete(entryPath(scope, scopeID, key), keyed(opts))
}

export async function memorySearch(
  http: Http,
  input: MemorySearchInput,
  opts: CallOptions = {},
): Promise<MemorySearchResponse> {
  const body = {
    query: input.query,
    scope: input.scope,
    scope_id: input.scopeId,
    top_k: input.topK,
    rank: input.rank,
    dedup: input.dedup,
    sources: input.sources,
  }
  return http.post('/v1/_memory/search', body, { signal: opts.signal })
}

export function memoryChanges(
  streams: StreamContext,
  opts: MemoryChangesOptions = {},
): AsyncGenerator<MemoryChange, void, undefined> {
  return followChanges(streams, '/v1/_memory/changes', { tenant: opts.tenant }, opts)
}

export async function memoryEmbedStats(
  http: Http,
  scope: string,
  opts: CallOptions = {},
): Promise<MemoryEmbedStatsResponse> {
  return http.get('/v1/_memory/embed_stats', { query: { scope }, signal: opts.signal })
}

export async function reembedMemory(
  http: Http,
  scope: string,
  scopeId: string,
  opts: ReembedMemoryOptions = {},
): Promise<MemoryReembedResponse> {
  return chore(http, 'reembed', scope, scopeId, {
    dryRun: opts.dryRun,
    limit: opts.limit,
    idempotencyKey: opts.idempotencyKey,
    signal: opts.signal,
  })
}

export async function backfillEmbeddings(
  http: Http,
  scope: string,
  scopeId: string,
  opts: EmbeddingChoreOptions = {},
): Promise<MemoryBackfillResponse> {
  return chore(http, 'backfill_embeddings', scope, scopeId, opts)
}

export async function purgeStaleEmbeddings(
  http: Http,
  scope: string,
  scopeId: string,
  opts: EmbeddingChoreOptions = {},
): Promise<MemoryPurgeResponse> {
  return chore(http, 'purge_stale_embeddings', scope, scopeId, opts)
}

function chore<T>(http: Http, name: string, scope: string, scopeId: string, opts: EmbeddingChoreOptions): Promise<T> {
  const query = {
    scope,
    scope_id: scopeId,
    dry_run: opts.dryRun === false ? 'false' : undefined,
    limit: positive(opts.limit),
    prefix: opts.prefix,
    tenant: opts.tenant,
  }
  return http.post(`/v1/_memory/${name}`, undefined, { query, ...keyed(opts) })
}

function entryPath(scope: string, scopeID: string, key: string): string {
  return path`/v1/_memory/scopes/${scope}/${scopeID}/keys/${key}`
}

function positive(n: number | undefined): number | undefined {
  return n !== undefined && n > 0 ? n : undefined
}
