import { nanosPerMilli } from '../../../ground/clock.ts'
import type { Actor } from '../../../ground/identity/place.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { ChunkState, StoredChunk } from '../chunks/chunk.ts'
import type { Within } from '../find.ts'
import {
  findCreation,
  isCreation,
  listChangedKeys,
  listChangesBySeq,
  listRevisions,
  type StoredChange,
} from '../store/changes.ts'

/** The chunk as it was when it had this revision: as it is now, with every later change taken back. */
export async function contentAt({ tx, placeId }: Within, chunk: StoredChunk, revision: number): Promise<ChunkState> {
  if (revision > chunk.revision) {
    throw new ToolError(`no such revision: ${revision}; the chunk is at revision ${chunk.revision}`)
  }
  // Of what has changed since more than once, the first change knows what was there.
  const firstOf = new Map<string, number>()
  for (let after = 0; ; ) {
    const page = await listChangedKeys(tx, placeId, chunk.id, { from: revision + 1, after, limit: pageSize })
    for (const { seq, keys } of page) for (const key of keys) if (!firstOf.has(key)) firstOf.set(key, seq)
    if (page.length < pageSize) break
    after = page.at(-1)!.seq
  }
  const state: ChunkState = { ...chunk }
  for (const { seq, before } of await listChangesBySeq(tx, placeId, [...new Set(firstOf.values())])) {
    const overwritten = Object.entries(overwrittenBy(before)).filter(([key]) => firstOf.get(key) === seq)
    Object.assign(state, Object.fromEntries(overwritten))
  }
  return state
}

/** A change's note of what it replaced; other notes are about other things. */
export function overwrittenBy(before: unknown): Partial<ChunkState> {
  if (typeof before !== 'object' || before === null) return {}
  return 'created' in before || 'chunks' in before || 'batch' in before || 'kind' in before
    ? {}
    : (before as Partial<ChunkState>)
}

export interface Revision {
  revision: number
  created_at: number
  at: string
  actor: string
  actor_ref: Actor
  op: string
  keys?: string[]
}

const pageSize = 500

/** The changes that made them, the newest first, at most so many. */
export async function revisionsOf(
  { tx, placeId }: Within,
  chunk: StoredChunk,
  { before: end = Number.MAX_SAFE_INTEGER, limit }: { before: number | undefined; limit: number },
): Promise<Told[]> {
  const made: Told[] = []
  // Of the changes at one revision, the oldest made it; the others moved or tagged it.
  let maker: Told | undefined
  for (let before = end; made.length < limit; ) {
    const page = await listRevisions(tx, placeId, chunk.id, { before, limit: pageSize })
    for (const change of page) {
      if (maker && maker.revision !== change.revision) made.push(maker)
      maker = change
    }
    if (page.length < pageSize) break
    before = page.at(-1)!.seq
  }
  if (made.length >= limit) return made.slice(0, limit)
  if (maker?.revision === 1 && (await isCreation(tx, placeId, maker.seq))) return [...made, maker]
  // An import stands in the log once, for all its chunks.
  const creation = await findCreation(tx, placeId, chunk)
  return [
    ...[...made, ...(maker ? [maker] : [])].filter(({ revision }) => revision !== 1),
    ...(creation ? [{ ...creation, revision: 1 }] : []),
  ].slice(0, limit)
}

type Told = Omit<StoredChange, 'before'>

export function toRevision({ revision, at, actor, op, detail }: Told): Revision {
  const keys = detail.keys as string[] | undefined
  const times = { created_at: at * nanosPerMilli, at: new Date(at).toISOString() }
  return { revision, ...times, actor: actor.id, actor_ref: actor, op, ...(keys ? { keys } : {}) }
}
