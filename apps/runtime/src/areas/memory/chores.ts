import {
  type BackfillEmbeddingsResult,
  type PurgeEmbeddingsResult,
  type ReembedResult,
  RuntimeError,
} from '@loomcycle/proto'
import type { Asker } from '../../ground/db/asker-line.ts'
import { parseJson } from '../../ground/json.ts'
import type { MemoryPlace } from './access.ts'
import type { MemoryDeps } from './deps.ts'
import { type Embedding, embedderIsSilent, NO_EMBEDDER, textOf } from './embedding.ts'
import { deleteVector, insertVector } from './store.ts'
import { countStale, countVectors, type EmbedderOf, listStale, listWithoutVector } from './vectors/store.ts'

export interface Chore {
  place: MemoryPlace
  dryRun: boolean
  prefix: string
  limit: number
  asker: Asker
  signal: AbortSignal
}

/** Keys named in an answer, at most. */
const SAMPLE = 20
/** Texts embedded in one go, so that one that is refused takes few with it. */
const BATCH = 50

export async function reembed(deps: MemoryDeps, chore: Chore): Promise<ReembedResult> {
  const { place, dryRun, limit } = chore
  const embedding = requireEmbedding(deps)
  const current = await currentEmbedder(embedding, chore.signal)
  const aside = deps.db.aside(chore.asker)
  const stale = await listStale(aside, place, current, { prefix: '', limit })
  const answer = {
    ...named(place),
    dry_run: dryRun,
    rows_total: await countVectors(aside, place),
    rows_to_reembed: await countStale(aside, place, current),
    current_embedder: current,
  }
  if (dryRun) return { ...answer, ...sample(stale), sample_keys_capped: answer.rows_to_reembed > SAMPLE }
  const { done, failed } = await embedAll(deps, embedding, chore, stale)
  return { ...answer, rows_reembedded: done, rows_failed: failed.length, ...failures(failed) }
}

export async function backfill(deps: MemoryDeps, chore: Chore): Promise<BackfillEmbeddingsResult> {
  const { place, dryRun, prefix, limit } = chore
  const embedding = requireEmbedding(deps)
  const current = await currentEmbedder(embedding, chore.signal)
  const aside = deps.db.aside(chore.asker)
  const found = await listWithoutVector(aside, place, { prefix, limit: limit + 1 }, deps.clock.now())
  const candidates = found.slice(0, limit)
  const answer = {
    ...named(place),
    ...(prefix && { prefix }),
    dry_run: dryRun,
    candidates: candidates.length,
    more: found.length > limit,
    current_embedder: current,
    notes: [],
  }
  if (dryRun) return { ...answer, ...sample(candidates) }
  const { done, failed, empty } = await embedAll(deps, embedding, chore, candidates)
  return { ...answer, embedded: done, failed: failed.length, skipped_empty: empty, ...failures(failed) }
}

export async function purgeStale(deps: MemoryDeps, chore: Chore): Promise<PurgeEmbeddingsResult> {
  const { place, dryRun, prefix, limit } = chore
  const current = await currentEmbedder(requireEmbedding(deps), chore.signal)
  const aside = deps.db.aside(chore.asker)
  const found = await listStale(aside, place, current, { prefix, limit: limit + 1 })
  const stale = found.slice(0, limit)
  const answer = {
    ...named(place),
    ...(prefix && { prefix }),
    dry_run: dryRun,
    scanned: await countVectors(aside, place),
    stale: stale.length,
    truncated: found.length > limit,
    notes: ['A vector goes with the value it describes; stale are those of another embedder than the one of now.'],
  }
  if (dryRun) return { ...answer, purged: 0, ...sample(stale) }
  await deps.db.transaction(async (tx) => {
    for (const { key } of stale) await deleteVector(tx, place, key)
  })
  return { ...answer, purged: stale.length }
}

interface Candidate {
  key: string
  text: string | null
  json: string
}

async function embedAll(
  { db }: MemoryDeps,
  { embedder }: Embedding,
  { place, signal }: Chore,
  candidates: readonly Candidate[],
): Promise<{ done: number; failed: string[]; empty: number }> {
  const { provider, model } = embedder
  const said = candidates.map((one) => ({ ...one, said: textOf(parseJson(one.json), one.text) }))
  const full = said.filter((one) => one.said !== '')
  const failed: string[] = []
  let done = 0
  for (let from = 0; from < full.length; from += BATCH) {
    const batch = full.slice(from, from + BATCH)
    const vectors = await embedder
      .embed(
        batch.map((one) => one.said),
        'store',
        signal,
      )
      .catch(() => undefined)
    signal.throwIfAborted()
    if (!vectors) {
      failed.push(...batch.map(({ key }) => key))
      continue
    }
    done += await db.transaction(async (tx) => {
      let written = 0
      for (const [at, { key, json, text }] of batch.entries()) {
        // What was changed meanwhile is no longer what was embedded.
        if (await insertVector(tx, place, key, json, { provider, model, vector: vectors[at]!, text })) written++
      }
      return written
    })
  }
  return { done, failed, empty: said.length - full.length }
}

export function requireEmbedding({ embedding }: MemoryDeps): Embedding {
  if (!embedding) throw new RuntimeError('vector_unsupported', NO_EMBEDDER)
  return embedding
}

const dimensions = new WeakMap<Embedding['embedder'], number>()

/** How long its vectors are only an embedder itself can tell. */
async function currentEmbedder({ embedder }: Embedding, signal: AbortSignal): Promise<EmbedderOf> {
  const { provider, model } = embedder
  let dimension = dimensions.get(embedder)
  if (dimension === undefined) {
    try {
      const [vector] = await embedder.embed(['dimension'], 'find', signal)
      dimension = vector!.length
    } catch (error) {
      throw embedderIsSilent(error as Error)
    }
    dimensions.set(embedder, dimension)
  }
  return { provider, model, dimension }
}

function named({ scope, scopeId }: MemoryPlace) {
  return { scope, scope_id: scopeId }
}

function sample(rows: readonly { key: string }[]) {
  return { sample_keys: rows.slice(0, SAMPLE).map(({ key }) => key) }
}

function failures(keys: readonly string[]) {
  return keys.length > 0 ? { failed_keys: keys.slice(0, SAMPLE) } : {}
}
