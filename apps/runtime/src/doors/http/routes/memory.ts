import {
  endpoints,
  type MemoryEntry,
  type MemoryScope,
  memoryScopes,
  mostScopeIds,
  RuntimeError,
} from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { type MemoryPlace, placeFor, tenantFor } from '../../../areas/memory/access.ts'
import { listMemoryChanges, memoryHead } from '../../../areas/memory/change-store.ts'
import { backfill, type Chore, purgeStale, reembed, requireEmbedding } from '../../../areas/memory/chores.ts'
import type { Embedding } from '../../../areas/memory/embedding.ts'
import { expiry } from '../../../areas/memory/expiry.ts'
import { findSimilar } from '../../../areas/memory/find-similar.ts'
import { toKey } from '../../../areas/memory/key-range.ts'
import { type Entry, listScopeIds } from '../../../areas/memory/store.ts'
import { findValue, forgetValue, keepValue, listValues } from '../../../areas/memory/values.ts'
import { countByEmbedder, embeddersOf } from '../../../areas/memory/vectors/store.ts'
import type { AppContext } from '../../../context.ts'
import { afterCursor, type Listing, toPage } from '../../../ground/cursor.ts'
import type { Caller } from '../../../tools/caller.ts'
import { addRoute } from '../route.ts'
import { streamChanges } from '../streams/changes.ts'

const descriptions: Record<MemoryScope, string> = {
  agent: 'What one agent keeps, whoever it works for.',
  user: 'What is kept about and for one user, by all their agents.',
  tenant: 'What everybody in the tenant shares.',
}

/** Memory as seen from outside of runs. */
export function memoryRoutes(app: FastifyInstance, ctx: AppContext) {
  const { authenticate, memory } = ctx
  const { db, clock } = memory

  addRoute(app, authenticate, endpoints.listMemoryScopes, async () => ({
    scopes: memoryScopes.map((name) => ({ name, description: descriptions[name] })),
  }))

  addRoute(app, authenticate, endpoints.listMemoryScopeIds, async ({ caller, params, query }) => {
    const scope = checkedScope(params.scope)
    const { limit = mostScopeIds, cursor } = query
    const of = { tenantId: tenantFor(lookingAt(caller, query)), scope }
    const listing: Listing = ['memory.scope_ids', of]
    const after = afterCursor(cursor, listing, 1)?.map(String)[0] ?? query.after
    const found = await listScopeIds(db.aside(caller), of, { after, limit: limit + 1 }, clock.now())
    const { rows, next } = toPage(found, limit, listing, ({ scope_id }) => [scope_id])
    const shown = rows.map((row) => ({ ...row, updated_at: iso(row.updated_at) }))
    return { scope, scope_ids: shown, ...(found.length > limit ? { truncated: true } : {}), ...next }
  })

  addRoute(app, authenticate, endpoints.listMemoryKeys, async ({ caller, params, query }) => {
    const { prefix, limit = 200, cursor, include_embedding_metadata: withEmbedders } = query
    const { who, scope, place } = meant(caller, params, query)
    const { entries, page } = await listValues(memory, who, scope, { prefix, limit, cursor })
    const keys = entries.map(({ key }) => key)
    const embedders = withEmbedders && (await embeddersOf(db.read, place, keys))
    return {
      ...named(place),
      entries: entries.map(toWire),
      ...page,
      ...(embedders && { embedding_metadata: Object.fromEntries(embedders) }),
    }
  })

  addRoute(app, authenticate, endpoints.getMemoryKey, async ({ caller, params, query }) => {
    const { who, scope, place } = meant(caller, params, query)
    const entry = await findValue(memory, who, scope, { key: checkedKey(params.key) })
    if (!entry) throw new RuntimeError('not_found', `there is nothing under the key "${params.key}"`)
    return { ...named(place), entry: toWire(entry) }
  })

  addRoute(app, authenticate, endpoints.putMemoryKey, async ({ caller, params, query, body }) => {
    const { who, scope, place } = meant(caller, params, query)
    const key = checkedKey(params.key)
    const { value, embed = query.embed, embed_text: embedText, ttl_seconds: ttl } = body
    const { embedded = false, warning } = await keepValue(memory, who, scope, { key, value, embed, embedText, ttl })
    return { ...named(place), key, embedded, ...(warning === undefined ? {} : { embed_warning: warning }) }
  })

  addRoute(app, authenticate, endpoints.deleteMemoryKey, async ({ caller, params, query }) => {
    const { who, scope } = meant(caller, params, query)
    await forgetValue(memory, who, scope, { key: checkedKey(params.key) })
  })

  addRoute(app, authenticate, endpoints.followMemoryChanges, async ({ caller, query, request, reply }) => {
    const tenantId = tenantFor(lookingAt(caller, query))
    await streamChanges(
      { request, reply },
      {
        feed: memory.feed,
        log: tenantId,
        since: query.since,
        head: () => memoryHead(db.read, tenantId),
        first: (since) => ({ type: 'feed', enabled: true, since, ...embedderName(memory.embedding) }),
        list: async (after, limit) => {
          const changes = await listMemoryChanges(db.read, tenantId, after, limit)
          return changes.map(({ at, ...change }) => ({ ...change, tenant: tenantId, at: iso(at) }))
        },
        keepaliveMs: ctx.config.timings.sseKeepalive,
        telemetry: ctx.telemetry,
        health: ctx.db.health,
      },
    )
  })

  addRoute(app, authenticate, endpoints.memoryEmbedStats, async ({ caller, query }) => {
    const tenant = tenantFor(lookingAt(caller, query))
    const models = await countByEmbedder(db.aside(caller), tenant, query.scope)
    return {
      scope: query.scope ?? '',
      tenant,
      models,
      total_embedding_bytes: models.reduce((sum, { dimension, row_count }) => sum + dimension * 4 * row_count, 0),
      ...(memory.embedding
        ? {}
        : { notes: ['There is no embedder: nothing is embedded, and nothing can be searched.'] }),
    }
  })

  addRoute(app, authenticate, endpoints.reembedMemory, ({ caller, query }) =>
    reembed(memory, { ...choreOf(caller, query), limit: query.limit ?? 1000 }),
  )
  addRoute(app, authenticate, endpoints.backfillMemoryEmbeddings, ({ caller, query }) =>
    backfill(memory, choreOf(caller, query)),
  )
  addRoute(app, authenticate, endpoints.purgeStaleMemoryEmbeddings, ({ caller, query }) =>
    purgeStale(memory, choreOf(caller, query)),
  )

  addRoute(app, authenticate, endpoints.searchMemory, async ({ caller, body }) => {
    const { who, place } = meant(caller, body, body)
    const { query, top_k: topK = 10, prefix = '', rank = {}, dedup, sources = ['facts'] } = body
    const asked = { place, query, topK, prefix, rank, dedup }
    const found = await findSimilar(memory, requireEmbedding(memory), asked, who.signal)
    const entries = sources.includes('facts') ? found.entries.map((entry) => ({ ...entry, kind: 'fact' })) : []
    return { ...named(place), ...found, entries }
  })
}

interface Looking {
  scope_id?: string
  tenant?: string
}

function lookingAt(caller: Caller, { scope_id: scopeId, tenant: tenantId }: Looking): Caller {
  return {
    ...caller,
    focus: { scopeId, tenantId },
    /** Of what takes long: it is finished although its reader has left, and a forgotten answer keeps no work going. */
    get signal() {
      return AbortSignal.timeout(10 * 60_000)
    },
  }
}

/** Whose memory a request is about. */
function meant(caller: Caller, { scope, scope_id }: { scope: string; scope_id: string }, { tenant }: Looking) {
  const who = lookingAt(caller, { scope_id, ...(tenant === undefined ? {} : { tenant }) })
  const checked = checkedScope(scope)
  return { who, scope: checked, place: placeFor(who, checked) }
}

interface ChoreQuery {
  scope: MemoryScope
  scope_id: string
  dry_run?: boolean
  prefix?: string
  limit?: number
  tenant?: string
}

function choreOf(caller: Caller, query: ChoreQuery): Chore {
  const { dry_run: dryRun = true, prefix = '', limit = 200 } = query
  const { who, place } = meant(caller, query, query)
  return { place, dryRun, prefix, limit, asker: caller, signal: who.signal }
}

function checkedScope(scope: string): MemoryScope {
  if ((memoryScopes as readonly string[]).includes(scope)) return scope as MemoryScope
  throw new RuntimeError('invalid_request', `scope must be one of ${memoryScopes.join(', ')}`)
}

function checkedKey(key: string): string {
  if (key.length >= 1 && key.length <= 512) return toKey(key)
  throw new RuntimeError('invalid_request', 'key must have 1 to 512 characters')
}

function embedderName(embedding: Embedding | undefined) {
  return embedding ? { embedder: `${embedding.embedder.provider}/${embedding.embedder.model}` } : {}
}

function named({ scope, scopeId }: MemoryPlace) {
  return { scope, scope_id: scopeId }
}

function toWire({ key, value, expiresAt, createdAt, updatedAt }: Entry): MemoryEntry {
  return { key, value, ...expiry({ expiresAt }), created_at: iso(createdAt), updated_at: iso(updatedAt) }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
