import type { Actor } from '../paths/place.ts'
import { ToolError } from '../tools/tool.ts'
import type { ChunkState, StoredChunk } from './chunk.ts'
import type { Within } from './find.ts'
import { findCreation, listRevisions, type StoredChange } from './store/changes.ts'

/** The chunk as it was when it had this revision: as it is now, with every later change taken back. */
export async function contentAt(within: Within, chunk: StoredChunk, revision: number): Promise<ChunkState> {
  if (revision > chunk.revision) {
    throw new ToolError(`no such revision: ${revision}; the chunk is at revision ${chunk.revision}`)
  }
  const later = await listRevisions(within.tx, within.placeId, chunk.id, { from: revision + 1 })
  return Object.assign({ ...chunk }, ...later.map(({ before }) => overwritten(before)))
}

/** A change's note of what it replaced; other notes are about other things. */
export function overwritten(before: unknown): Partial<ChunkState> {
  if (typeof before !== 'object' || before === null) return {}
  return 'created' in before || 'chunks' in before || 'batch' in before || 'kind' in before
    ? {}
    : (before as Partial<ChunkState>)
}

export interface Revision {
  revision: number
  created_at: string
  actor: Actor
  op: string
  keys?: string[]
}

/** The newest first. */
export async function revisionsOf({ tx, placeId }: Within, chunk: StoredChunk): Promise<Revision[]> {
  const changes = await listRevisions(tx, placeId, chunk.id)
  const writes = changes.filter(({ op }) => op !== 'link_chunks' && op !== 'unlink_chunks')
  // Of the changes at one revision, the oldest made it; the others moved or tagged it.
  const made = writes.filter(({ revision }, i) => revision !== writes[i + 1]?.revision).map(toRevision)
  if (made.at(-1)?.revision === 1 && isCreation(writes.at(-1)!)) return made
  // An import stands in the log once, for all its chunks.
  const creation = await findCreation(tx, placeId, chunk)
  return [
    ...made.filter(({ revision }) => revision !== 1),
    ...(creation ? [{ ...toRevision(creation), revision: 1 }] : []),
  ]
}

function isCreation({ before }: StoredChange): boolean {
  return typeof before === 'object' && before !== null && 'created' in before
}

function toRevision({ revision, at, actor, op, detail }: StoredChange): Revision {
  const keys = detail.keys as string[] | undefined
  return { revision, created_at: new Date(at).toISOString(), actor, op, ...(keys ? { keys } : {}) }
}
