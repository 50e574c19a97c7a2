import {
  type MemoryDedup,
  type MemoryRank,
  type MemorySearchEntry,
  type MemorySearchOutput,
  RuntimeError,
} from '@loomcycle/proto'
import type { MemoryPlace } from './access.ts'
import type { MemoryDeps } from './deps.ts'
import { type Embedding, embedderIsSilent } from './embedding.ts'
import { expiry } from './expiry.ts'
import { keyAfterPrefix, toKey } from './key-range.ts'
import { countHits, findEntries } from './store.ts'
import { type Distinct, withoutDuplicates } from './vectors/dedup.ts'

export interface SimilarQuery {
  place: MemoryPlace
  query: string
  topK: number
  prefix: string
  rank: MemoryRank
  dedup: MemoryDedup | undefined
}

const hourMs = 3_600_000
const WEEK_HOURS = 168
const SAME = 0.92
/** How far to look for replacements of what turns out to be the same. */
const DEDUP_REACH = 4

/** The values of a place that rank highest for a text. */
export async function findSimilar(
  { db, clock }: Pick<MemoryDeps, 'db' | 'clock'>,
  { embedder, search }: Embedding,
  { place, query, topK, prefix, rank, dedup }: SimilarQuery,
  signal: AbortSignal,
): Promise<MemorySearchOutput> {
  if (query.trim() === '')
    throw new RuntimeError('invalid_request', 'query is blank, so nothing is closer to it than anything else')
  const [vector] = await embedder.embed([query], 'find', signal).catch((error: Error) => {
    throw embedderIsSilent(error)
  })
  const { provider, model } = embedder
  const now = clock.now()
  const deduplicate = dedup?.enabled ?? dedup !== undefined
  const start = toKey(prefix)
  const candidates = await search.nearest({
    place,
    provider,
    model,
    query: vector!,
    prefix: start,
    end: keyAfterPrefix(start),
    now,
    limit: topK * (deduplicate ? DEDUP_REACH : 1) + 1,
    weights: {
      semantic: rank.semantic_weight ?? 1,
      recency: rank.recency_weight ?? 0,
      halfLifeMs: (rank.recency_half_life_hours ?? WEEK_HOURS) * hourMs,
      frequency: rank.frequency_weight ?? 0,
    },
  })
  const { kept, dropped, more } = deduplicate
    ? withoutDuplicates(candidates, { threshold: dedup?.threshold ?? SAME, mode: dedup?.mode ?? 'drop', limit: topK })
    : {
        kept: candidates.slice(0, topK).map((candidate): Distinct => ({ candidate, merged: [] })),
        dropped: 0,
        more: candidates.length > topK,
      }
  const keys = kept.map(({ candidate }) => candidate.key)
  const found = new Map((await findEntries(db.read, place, keys, now)).map((entry) => [entry.key, entry]))
  const entries = kept.flatMap(({ candidate, merged, duplicateOf }): MemorySearchEntry[] => {
    const entry = found.get(candidate.key)
    if (!entry) return []
    const { key, score, rankScore } = candidate
    return [
      {
        key,
        value: entry.value,
        score,
        rank_score: rankScore,
        embedded_with: { provider, model },
        ...expiry(entry),
        ...(merged.length > 0 && { merged_keys: merged }),
        ...(duplicateOf !== undefined && { duplicate_of: duplicateOf }),
      },
    ]
  })
  // Nobody waits for the tally, and a search is no less good without it.
  if (keys.length > 0) db.write([countHits(db, place, keys)]).catch(() => {})
  return {
    entries,
    query_embedding_dim: vector!.length,
    truncated: more,
    ...(deduplicate && { dedup_dropped: dropped }),
    ...(rank.source_weight !== undefined && { rank_note: 'source_weight has no effect: all entries have one source' }),
  }
}
