import { useEffect, useMemo } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import type { OutlineChunk } from './model/outline.ts'
import { isStuck } from './writing/chunk-edit.ts'
import type { NewChunk } from './writing/document-writer.ts'
import type { Patch } from './writing/patch.ts'
import { type Direction, step } from './writing/place.ts'
import { shownChunks } from './writing/shown-chunks.ts'
import { writerOf } from './writing/writers.ts'

/** A document as it is to be seen while it is being changed here, and what can be done to it as a whole. */
export function useEditDocument(documentId: string, rootId: string, known: ReadonlyMap<string, OutlineChunk>) {
  const writer = writerOf(documentId)
  useEffect(() => () => writer.leave(), [writer])
  const edits = useStore(writer.state)
  const undoable = useStore(writer.done.next)
  const chunks = useMemo(() => shownChunks(known, edits), [known, edits])
  const stuck = useMemo(
    () => new Set([...edits.edits].filter(([, edit]) => isStuck(edit)).map(([id]) => id)),
    [edits.edits],
  )
  return useMemo(
    () => ({
      chunks,
      /** Why nothing gets through at the moment. */
      waiting: edits.waiting,
      /** Chunks with words that are not saved before somebody decides about them. */
      stuck,
      /** What `undo` would take back, in words. */
      undoable: undoable?.label,
      undo: () => writer.undo(),
      /** Changes parts of a chunk, and saves them; its text has an editor of its own. */
      edit: (id: string, patch: Omit<Patch, 'body'>) => writer.edit(id, patch),
      create: (made: NewChunk) => writer.create(made),
      remove: (id: string) => writer.remove(id),
      placeTo: (id: string, direction: Direction) => step(chunks, id, direction, rootId),
      move: (id: string, direction: Direction) => writer.step(id, direction, rootId),
    }),
    [chunks, edits.waiting, stuck, undoable, writer, rootId],
  )
}

export type EditDocument = ReturnType<typeof useEditDocument>
