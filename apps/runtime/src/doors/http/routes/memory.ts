import { endpoints, type MemoryEntry, type MemoryScope, memoryScopes, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import type { MemoryPlace } from '../../../areas/memory/access.ts'
import {
  countByEmbedder,
  embeddersOf,
  findStored,
  listScopeIds,
  listStored,
  type StoredEntry,
} from '../../../areas/memory/admin-store.ts'
import { listMemoryChanges, memoryHead } from '../../../areas/memory/change-log.ts'
import { changeMemory } from '../../../areas/memory/change-memory.ts'
import { backfill, type Chore, purgeStale, reembed, requireEmbedding } from '../../../areas/memory/chores.ts'
import { type Embedding, embedValue } from '../../../areas/memory/embedding.ts'
import { expiresAfter, expiry } from '../../../areas/memory/expiry.ts'
import { findSimilar } from '../../../areas/memory/find-similar.ts'
import { toKey } from '../../../areas/memory/key-range.ts'
import { deleteEntry } from '../../../areas/memory/store.ts'
import { TooLargeError, writeEntry } from '../../../areas/memory/write-entry.ts'
import type { AppContext } from '../../../context.ts'
import { isAdmin, type Principal } from '../../../ground/identity/principal.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { addRoute } from '../route.ts'
import { streamChanges } from '../streams/changes.ts'

const descriptions: Record<MemoryScope, string> = {
  agent: 'What one agent keeps, whoever it works for.',
  user: 'What is kept about and for one user, by all their agents.',
  tenant: 'What everybody in the tenant shares.',
}

/** A forgotten answer keeps no work going. */
const nobodyLeft = () => AbortSignal.timeout(10 * 60_000)

/** Memory as seen from outside of runs. */
export function memoryRoutes(app: FastifyInstance, ctx: AppContext) {
  const { authenticate, memory } = ctx
  const { db, clock } = memory

  addRoute(app, authenticate, endpoints.listMemoryScopes, async () => ({
    scopes: memoryScopes.map((name) => ({ name, description: descriptions[name] })),
  }))

  addRoute(app, authenticate, endpoints.listMemoryScopeIds, async ({ principal, params, query }) => {
    const scope = checkedScope(params.scope)
    const rows = await listScopeIds(db.read, tenantOf(principal, query.tenant), scope, clock.now())
    return { scope, scope_ids: rows.map((row) => ({ ...row, updated_at: iso(row.updated_at) })) }
  })

  addRoute(app, authenticate, endpoints.listMemoryKeys, async ({ principal, params, query }) => {
    const place = placeOf(principal, params, query.tenant)
    const { prefix = '', limit = 200, include_embedding_metadata: withEmbedders } = query
    const found = await listStored(db.read, place, { prefix, limit: limit + 1 }, clock.now())
    const shown = found.slice(0, limit)
    const embedders =
      withEmbedders &&
      (await embeddersOf(
        db.read,
        place,
        shown.map(({ key }) => key),
      ))
    return {
      ...named(place),
      entries: shown.map(toWire),
      truncated: found.length > limit,
      ...(embedders && { embedding_metadata: Object.fromEntries(embedders) }),
    }
  })

  addRoute(app, authenticate, endpoints.getMemoryKey, async ({ principal, params, query }) => {
    const place = placeOf(principal, params, query.tenant)
    const entry = await findStored(db.read, place, checkedKey(params.key), clock.now())
    if (!entry) throw new RuntimeError('not_found', `there is nothing under the key "${params.key}"`)
    return { ...named(place), entry: toWire(entry) }
  })

  addRoute(app, authenticate, endpoints.putMemoryKey, async ({ principal, params, query, body }) => {
    const place = placeOf(principal, params, query.tenant)
    const key = checkedKey(params.key)
    const { value, embed_text: text, ttl_seconds: ttl } = body
    const wanted = body.embed ?? query.embed ?? text !== undefined
    const embedded = wanted ? await embedValue(memory.embedding, value, text ?? null, nobodyLeft()) : undefined
    const vector = embedded && 'vector' in embedded ? embedded.vector : undefined
    const entry = { key, value, expiresAt: expiresAfter(clock.now(), ttl), vector }
    try {
      await changeMemory(memory, place.tenantId, (tx) => writeEntry(tx, { place, quota: undefined, entry }, memory))
    } catch (error) {
      if (error instanceof TooLargeError) throw new RuntimeError('payload_too_large', error.message)
      throw error instanceof ToolError ? new RuntimeError('invalid_request', error.message) : error
    }
    return {
      ...named(place),
      key,
      embedded: vector !== undefined,
      ...(embedded && 'warning' in embedded && { embed_warning: embedded.warning }),
    }
  })

  addRoute(app, authenticate, endpoints.deleteMemoryKey, async ({ principal, params, query }) => {
    const place = placeOf(principal, params, query.tenant)
    const key = checkedKey(params.key)
    await changeMemory(memory, place.tenantId, (tx) => deleteEntry(tx, place, key, clock.now()))
  })

  addRoute(app, authenticate, endpoints.followMemoryChanges, async ({ principal, query, request, reply }) => {
    const tenantId = tenantOf(principal, query.tenant)
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
        health: ctx.db.health,
      },
    )
  })

  addRoute(app, authenticate, endpoints.memoryEmbedStats, async ({ principal, query }) => {
    const tenant = tenantOf(principal, query.tenant)
    const models = await countByEmbedder(db.read, tenant, query.scope)
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

  addRoute(app, authenticate, endpoints.reembedMemory, ({ principal, query }) =>
    reembed(memory, { ...choreOf(principal, query), limit: query.limit ?? 1000 }),
  )
  addRoute(app, authenticate, endpoints.backfillMemoryEmbeddings, ({ principal, query }) =>
    backfill(memory, choreOf(principal, query)),
  )
  addRoute(app, authenticate, endpoints.purgeStaleMemoryEmbeddings, ({ principal, query }) =>
    purgeStale(memory, choreOf(principal, query)),
  )

  addRoute(app, authenticate, endpoints.searchMemory, async ({ principal, body }) => {
    const place = placeOf(principal, body, body.tenant)
    const { query, top_k: topK = 10, prefix = '', rank = {}, dedup, sources = ['facts'] } = body
    const embedding = requireEmbedding(memory)
    const found = await findSimilar(memory, embedding, { place, query, topK, prefix, rank, dedup }, nobodyLeft())
    const entries = sources.includes('facts') ? found.entries.map((entry) => ({ ...entry, kind: 'fact' })) : []
    return { ...named(place), ...found, entries }
  })
}

interface ChoreQuery {
  scope: MemoryScope
  scope_id: string
  dry_run?: boolean
  prefix?: string
  limit?: number
  tenant?: string
}

function choreOf(principal: Principal, query: ChoreQuery): Chore {
  const { dry_run: dryRun = true, prefix = '', limit = 200 } = query
  return { place: placeOf(principal, query, query.tenant), dryRun, prefix, limit, signal: nobodyLeft() }
}

function placeOf(
  principal: Principal,
  { scope, scope_id: scopeId }: { scope: string; scope_id: string },
  tenant: string | undefined,
): MemoryPlace {
  return { tenantId: tenantOf(principal, tenant), scope: checkedScope(scope), scopeId: scopeId.toWellFormed() }
}

function tenantOf(principal: Principal, asked: string | undefined): string {
  if (asked === undefined || asked === principal.tenantId) return principal.tenantId
  if (!isAdmin(principal)) throw new RuntimeError('insufficient_scope', 'another tenant is for admins to look at')
  return asked.toWellFormed()
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

function toWire({ key, value, expiresAt, createdAt, updatedAt }: StoredEntry): MemoryEntry {
  return {
    key,
    value,
    ...expiry({ key, value, expiresAt }),
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
