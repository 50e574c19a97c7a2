import type { Chunk, DocumentChange, wire } from '@loomcycle/client'

const asSaved = (id: string | undefined, revision: number | undefined) => `${id} r${revision}`
const asPlaced = (id: string | undefined, parentId: string | undefined, position: number | undefined) =>
  `${id} in ${parentId ?? ''} at ${position}`
const asRanked = (id: string | undefined, revision: number | undefined, rank: unknown) =>
  `${id} r${revision} ranked ${rank}`

/** What this page has done to a document, to be known again among the changes of everybody. */
export class OwnChanges {
  private readonly known = new Set<string>()

  saved({ id, revision }: Pick<Chunk, 'id' | 'revision'>): void {
    this.known.add(asSaved(id, revision))
  }

  moved({ id, new_parent_id, position }: wire.MoveChunkOutput): void {
    this.known.add(asPlaced(id, new_parent_id, position))
  }

  placed({ id, revision, rank }: wire.MoveCardOutput): void {
    this.known.add(asRanked(id, revision, rank))
  }

  /** Only what makes a revision is known by its revision: whoever moves or links a chunk leaves it as it was. */
  has({ op, chunk_id, revision, parent_id, position, changed }: DocumentChange): boolean {
    if (op === 'create_chunk' || op === 'update_chunk') return this.known.has(asSaved(chunk_id, revision))
    if (op === 'move_card') return this.known.has(asRanked(chunk_id, revision, changed?.rank))
    return op === 'move_chunk' && this.known.has(asPlaced(chunk_id, parent_id, position))
  }
}
