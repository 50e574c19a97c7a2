import type { BoardSettings } from '@loomcycle/proto'
import type { StoredChunk } from '../chunks/chunk.ts'

/** The statuses a card may get; any where there is no list. The one place to ask what the graph of a team allows. */
export function allowedMoves(_board: BoardSettings, _card: Pick<StoredChunk, 'status'>): readonly string[] | undefined {
  return undefined
}
