import type { ChunkState, StoredChunk } from '../chunks/chunk.ts'
import type { Edit } from '../edit.ts'
import { findSiblingBefore } from '../store/siblings.ts'

/** Followers read the chunk where there is more to say. */
const mostTold = 4096
const tellable = ['title', 'type', 'status', 'rank', 'fields', 'tags'] as const

/** What these parts of a chunk are now, for followers who know the rest. */
export function nowOf(chunk: ChunkState, keys: readonly string[]): { changed?: Record<string, unknown> } {
  const told = tellable.filter((key) => keys.includes(key)).map((key) => [key, chunk[key]] as const)
  const changed = Object.fromEntries(told)
  return told.length === 0 || JSON.stringify(changed).length > mostTold ? {} : { changed }
}

/** Where a chunk stands now, so that nobody has to read its siblings again. */
export async function standingOf(
  { tx }: Pick<Edit, 'tx'>,
  { id, parent_id, position }: Pick<StoredChunk, 'id' | 'parent_id' | 'position'>,
) {
  return { parent_id, position, after_id: await findSiblingBefore(tx, id) }
}
