import { patchChunks } from '../model/changes.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { type CardMove, withCardMoves } from './card-move.ts'
import { type ChunkEdit, shown } from './chunk-edit.ts'
import type { NewComment } from './comment.ts'
import { type Move, withMoves } from './place.ts'

/** What somebody has done to a document and the server has not acknowledged. */
export interface DocumentEdits {
  edits: ReadonlyMap<string, ChunkEdit>
  moves: readonly Move[]
  cardMoves: readonly CardMove[]
  /** Said here; what they are about may be gone meanwhile. */
  comments: readonly NewComment[]
  removed: ReadonlySet<string>
  /** Chunks whose edits this browser does not keep. */
  unkept: ReadonlySet<string>
  /** Why nothing gets through at the moment. */
  waiting?: string
}

export const noEdits: DocumentEdits = {
  edits: new Map(),
  moves: [],
  cardMoves: [],
  comments: [],
  removed: new Set(),
  unkept: new Set(),
}

/** The chunks of a document as they are to be seen: what the server has, with what is under way. */
export function shownChunks(
  chunks: ReadonlyMap<string, OutlineChunk>,
  { edits, moves, cardMoves, removed }: DocumentEdits,
): ReadonlyMap<string, OutlineChunk> {
  const moved = withCardMoves(withMoves(chunks, moves), cardMoves)
  const touched = [...edits].flatMap(([id, edit]) => {
    const chunk = moved.get(id)
    const now = chunk && shown(chunk, edit)
    // A text that is being written is not seen here.
    return now && !isSameBut(chunk, now, 'body') ? [withoutBody(now)] : []
  })
  return touched.length === 0 && removed.size === 0 ? moved : patchChunks(moved, touched, removed)
}

function isSameBut(a: object, b: object, part: string): boolean {
  const keys = Object.keys({ ...a, ...b }) as (keyof object)[]
  return keys.every((key) => key === part || a[key] === b[key])
}

/** The outline knows chunks without their texts. */
export function withoutBody<C extends object>(chunk: C): Omit<C, 'body'> {
  const { body: _, ...rest } = chunk as C & { body?: string }
  return rest as Omit<C, 'body'>
}

/** The chunks with what one of them says now. Where it stands is told with its siblings, who make room for each other. */
export function withContent(
  chunks: ReadonlyMap<string, OutlineChunk>,
  chunk: OutlineChunk,
): ReadonlyMap<string, OutlineChunk> {
  const known = chunks.get(chunk.id)
  if (!known) return patchChunks(chunks, [chunk], new Set())
  const { parent_id: _, ...content } = chunk
  const place = { position: known.position, ...(known.parent_id ? { parent_id: known.parent_id } : {}) }
  return patchChunks(chunks, [{ ...content, ...place }], new Set())
}

/** The chunks with what the server has made of a card that was moved. */
export function withCard(
  chunks: ReadonlyMap<string, OutlineChunk>,
  placed: { id: string; status: string; rank: string; revision: number },
): ReadonlyMap<string, OutlineChunk> {
  const known = chunks.get(placed.id)
  return known ? patchChunks(chunks, [{ ...known, ...placed }], new Set()) : chunks
}
