import { useSelected } from '../../lib/browser/store.ts'
import type { ChunkEdit } from './writing/chunk-edit.ts'
import { writerOf } from './writing/writers.ts'

/** The chunks of a document that the server does not have as they are seen, with what is written in them. */
export function useUnsaved(documentId: string): ReadonlyMap<string, ChunkEdit> {
  return useSelected(writerOf(documentId).state, ({ edits }) => edits)
}

export function useUnsavedOf(documentId: string, chunkId: string): ChunkEdit | undefined {
  return useSelected(writerOf(documentId).state, ({ edits }) => edits.get(chunkId))
}
