import type { wire } from '@loomcycle/client'
import { useEffect, useMemo } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { queryClient } from '../../lib/query-client.ts'
import { withoutAsides } from './model/asides.ts'
import type { OutlineChunk } from './model/outline.ts'
import { snapshotQuery } from './queries.ts'
import type { CardMove } from './writing/card-move.ts'
import { isStuck, unsaved } from './writing/chunk-edit.ts'
import type { NewChunk } from './writing/document-writer.ts'
import type { Patch } from './writing/patch.ts'
import { type Direction, step } from './writing/place.ts'
import { shownChunks } from './writing/shown-chunks.ts'
import { writerOf } from './writing/writers.ts'

/** A document as it is to be seen while it is being changed here, and what can be done to it as a whole. */
export function useEditDocument(documentId: string, rootId: string, given: ReadonlyMap<string, OutlineChunk>) {
  // What the server has answered is in there before the page is told; what it answers to is gone from the edits.
  const known = queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.chunks ?? given
  const writer = writerOf(documentId)
  useEffect(() => () => writer.leave(), [writer])
  const edits = useStore(writer.state)
  const undoable = useStore(writer.done.next)
  const { chunks, boards, comments } = useMemo(
    () => withoutAsides(shownChunks(known, edits), rootId),
    [known, edits, rootId],
  )
  const moving = useMemo(
    () =>
      new Map([
        ...[...edits.edits].flatMap(([id, edit]) => {
          const { status } = unsaved(edit)
          return status === undefined ? [] : [[id, status] as const]
        }),
        ...edits.cardMoves.map(({ id, status }) => [id, status] as const),
      ]),
    [edits.edits, edits.cardMoves],
  )
  const stuck = useMemo(
    () => new Set([...edits.edits].filter(([, edit]) => isStuck(edit)).map(([id]) => id)),
    [edits.edits],
  )
  return useMemo(
    () => ({
      chunks,
      /** How its boards are set up, by name; `main` is the board. */
      boards,
      /** How much has been said about which chunk. */
      comments,
      /** Cards that are on their way to another status, by this person's hand. */
      moving,
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
      /** Puts a card into the column of a status, which is called `into`, and to its place there. */
      moveCard: (id: string, to: Omit<CardMove, 'id'>, into = to.status || 'No status') =>
        writer.moveCard({ id, ...to }, into),
      /** Saves how the board (`main`) or a saved view is set up; rejects where that was not taken. */
      saveBoard: (name: string, settings: wire.BoardSettings) => writer.saveBoard(name, settings),
      placeTo: (id: string, direction: Direction) => step(chunks, id, direction, rootId),
      move: (id: string, direction: Direction) => writer.step(id, direction, rootId),
    }),
    [chunks, boards, comments, moving, edits.waiting, stuck, undoable, writer, rootId],
  )
}

export type EditDocument = ReturnType<typeof useEditDocument>
