import type { Chunk, wire } from '@loomcycle/client'
import type { OutlineChunk } from '../model/outline.ts'
import type { ChunkEdit, Known } from './chunk-edit.ts'
import type { WriterEnvironment } from './chunk-writer.ts'
import type { NewComment } from './comment.ts'
import type { Errand } from './errands.ts'
import type { Kept } from './kept.ts'
import type { Move } from './place.ts'

/** What this browser knows of the document, and where answers of the server go. */
export interface DocumentCache {
  chunks(): ReadonlyMap<string, OutlineChunk>
  /** The number of the last change that is in it. */
  seq(): number
  /** With its text, where that is known. */
  chunk(id: string): (Known & { id: string }) | undefined
  put(chunk: Chunk): void
  place(move: Move): void
  /** Into which column the server has put a card, and to which place there. */
  placeCard(placed: wire.MoveCardOutput): void
  drop(id: string): void
  /** Nothing of it holds any more. */
  reread(): void
}

export interface DocumentEnvironment extends WriterEnvironment {
  now(): number
  cache: DocumentCache
  /** What is there again after a reload. */
  kept: { edits: Kept<ChunkEdit>; errands: Kept<Errand> }
  /** Who writes here. */
  self(): string | undefined
  /** A comment was refused: its words go back to whoever wrote it. */
  giveBack(comment: NewComment, reason: string): void
  say: {
    info(title: string, description: string): void
    error(title: string, error: unknown): void
    /** Offers to undo it until it is dismissed. */
    undoable(id: string, title: string, undo: () => void): void
    dismiss(id: string): void
  }
}
