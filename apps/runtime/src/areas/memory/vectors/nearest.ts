import type { MemoryPlace } from '../access.ts'

/** Asks for the vectors of one place that rank highest for a query; only those one embedder made are compared. */
export interface NearestQuery {
  place: MemoryPlace
  provider: string
  model: string
  query: Float32Array
  prefix: string
  /** First key after those with the prefix. */
  end: string | undefined
  now: number
  limit: number
  weights: RankWeights
}

export interface RankWeights {
  semantic: number
  recency: number
  halfLifeMs: number
  frequency: number
}

export interface Candidate {
  key: string
  /** Cosine of the angle to the query. */
  score: number
  rankScore: number
  vector: Float32Array
}

export interface VectorSearch {
  nearest(query: NearestQuery): Promise<Candidate[]>
  close(): Promise<void>
}

/** Runs one of our own statements and returns its rows. */
export type All = (sql: string, parameters: readonly unknown[]) => unknown[]

const PLACE = `tenant_id = ? and scope = ? and scope_id = ?
  and provider = ? and model = ? and dimension = ?
  and key >= ? and (cast(? as text) is null or key < ?) and (expires_at is null or expires_at > ?)`

/** Half of what counts for how often it was found is there after so many times. */
const FAMILIAR_HITS = 3

/** With sqlite-vec the database compares the vectors. */
export function nearestBySql(all: All, asked: NearestQuery): Candidate[] {
  const { query, weights, now, limit } = asked
  const ranked = all(
    `with near as (
       select key, coalesce(1 - vec_distance_cosine(vector, ?), 0) as score, written_at, hits
       from memory_vectors where ${PLACE}
     )
     select key, score,
       ? * score + ? * pow(0.5, max(0, ? - written_at) / ?) + ? * hits / (hits + ${FAMILIAR_HITS}.0) as rank
     from near order by rank desc, key limit ?`,
    [
      toBlob(query),
      ...placeParameters(asked),
      weights.semantic,
      weights.recency,
      now,
      weights.halfLifeMs,
      weights.frequency,
      limit,
    ],
  ) as { key: string; score: number; rank: number }[]
  return ranked.map(({ key, score, rank }) => ({
    key,
    score,
    rankScore: rank,
    vector: vectorOf(all, asked.place, key),
  }))
}

/** The same, where sqlite-vec does not load. */
export function nearestByHand(all: All, asked: NearestQuery): Candidate[] {
  const { sql, parameters } = vectorsOf(asked)
  const rows = all(sql, parameters) as StoredVector[]
  return rows
    .map((row) => candidateOf(asked, row))
    .sort(rankedFirst)
    .slice(0, asked.limit)
}

export interface StoredVector {
  key: string
  vector: Uint8Array
  written_at: number
  hits: number
}

/** All that a query is compared with. */
export function vectorsOf(asked: NearestQuery): { sql: string; parameters: readonly unknown[] } {
  return {
    sql: `select key, vector, written_at, hits from memory_vectors where ${PLACE}`,
    parameters: placeParameters(asked),
  }
}

export function candidateOf(asked: NearestQuery, { key, vector: blob, written_at, hits }: StoredVector): Candidate {
  const vector = fromBlob(blob)
  const score = cosine(asked.query, vector)
  return { key, score, rankScore: rankOf(asked, score, written_at, hits), vector }
}

export function rankedFirst(a: Candidate, b: Candidate): number {
  return b.rankScore - a.rankScore || (a.key < b.key ? -1 : 1)
}

export function rankOf(
  { weights, now }: Pick<NearestQuery, 'weights' | 'now'>,
  score: number,
  writtenAt: number,
  hits: number,
): number {
  const age = Math.max(0, now - writtenAt)
  return (
    weights.semantic * score +
    weights.recency * 0.5 ** (age / weights.halfLifeMs) +
    (weights.frequency * hits) / (hits + FAMILIAR_HITS)
  )
}

/** Of vectors of length 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

export function toBlob(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
}

export function fromBlob(blob: Uint8Array): Float32Array {
  // A view needs an offset that fits.
  return blob.byteOffset % 4 === 0
    ? new Float32Array(blob.buffer, blob.byteOffset, blob.byteLength / 4)
    : new Float32Array(new Uint8Array(blob).buffer)
}

function vectorOf(all: All, { tenantId, scope, scopeId }: MemoryPlace, key: string): Float32Array {
  const sql = 'select vector from memory_vectors where tenant_id = ? and scope = ? and scope_id = ? and key = ?'
  const [row] = all(sql, [tenantId, scope, scopeId, key]) as { vector: Uint8Array }[]
  return fromBlob(row!.vector)
}

function placeParameters({ place, provider, model, query, prefix, end, now }: NearestQuery) {
  const { tenantId, scope, scopeId } = place
  return [tenantId, scope, scopeId, provider, model, query.length, prefix, end ?? null, end ?? null, now]
}
