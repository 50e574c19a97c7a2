import type { ChunkEdit } from '../writing/chunk-edit.ts'
import type { Key } from '../writing/patch.ts'

/** Somebody else has changed this part, too. */
export function isDisputed(edit: ChunkEdit | undefined, key: Key): boolean {
  return edit?.problem?.kind === 'conflict' && edit.problem.keys.includes(key)
}
