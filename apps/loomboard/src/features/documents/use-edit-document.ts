import type { wire } from '@loomcycle/client'
import { useEffect, useMemo } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { queryClient } from '../../lib/query-client.ts'
import { useDerived } from '../../lib/use-derived.ts'
import { type Contents, withoutAsides } from './model/asides.ts'
import { isSameMap } from './model/changed-ids.ts'
import { toIsDone } from './model/done.ts'
import type { OutlineChunk } from './model/outline.ts'
import { snapshotQuery } from './queries.ts'
import type { CardMove } from './writing/card-move.ts'
import { isStuck, unsaved } from './writing/chunk-edit.ts'
import type { NewChunk } from './writing/document-writer.ts'
import type { Patch } from './writing/patch.ts'
import { type Direction, step } from './writing/place.ts'
import { type DocumentEdits, shownChunks } from './writing/shown-chunks.ts'
import { writerOf } from './writing/writers.ts'

/** A document as it is to be seen while it is being changed here, and what can be done to it as a whole. */
export function useEditDocument(documentId: string, rootId: string, given: ReadonlyMap<string, OutlineChunk>) {
  // What the server has answered is in there before the page is told; what it answers to is gone from the edits.
  const known = queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.chunks ?? given
  const writer = writerOf(documentId)
  useEffect(() => () => writer.leave(), [writer])
  const edits = useStore(writer.state)
  const undoable = useStore(writer.done.next)
  const { chunks, boards, comments, said } = useDerived<Contents>(
    (before) => withoutAsides(shownChunks(known, edits), rootId, before),
    [known, edits, rootId],
  )
  const settings = boards.get('main')?.fields
  const isDone = useMemo(() => toIsDone(settings), [settings])
  const bulk = useStore(writer.bulk)
  const refused = bulk?.move?.refused
  // While somebody types, the edits are others with every key, and nothing else is.
  const moving = useSameMap(() => movingOf(edits), [edits])
  const problems = useSameMap(() => new Map([...problemsOf(edits.edits), ...(refused ?? [])]), [edits, refused])
  const stuck = useSameMap(() => stuckOf(edits.edits), [edits])
  return useMemo(
    () => ({
      chunks,
      /** How its boards are set up, by name; `main` is the board. */
      boards,
      /** Whether a chunk is done, by what it says and by what the board does. */
      isDone,
      /** How much has been said about which chunk. */
      comments,
      /** What has been said about which chunk, and what is being said. */
      said,
      saying: edits.comments,
      /** Cards that are on their way to another status, by this person's hand. */
      moving,
      /** Why nothing gets through at the moment. */
      waiting: edits.waiting,
      /** Chunks with words that are not saved before somebody decides about them. */
      stuck,
      /** In words, what stands against which of them. */
      problems,
      /** What was last done to several chunks at once. */
      bulk,
      /** What `undo` would take back, in words. */
      undoable: undoable?.label,
      undo: () => writer.undo(),
      /** Changes parts of a chunk, and saves them; its text has an editor of its own. */
      edit: (id: string, patch: Omit<Patch, 'body'>) => writer.edit(id, patch),
      create: (made: NewChunk) => writer.create(made),
      /** Changes several chunks at once; `label` says what is undone with it. */
      editAll: (changes: readonly { id: string; patch: Omit<Patch, 'body'> }[], label: string) =>
        writer.editAll(changes, label),
      /** Puts several chunks, in this order, behind what is in another one. */
      moveAll: (ids: readonly string[], parentId: string) => writer.moveAll(ids, parentId),
      /** Puts several cards, in this order, to the end of the column of a status; `label` says what is undone with it. */
      moveCards: (ids: readonly string[], status: string, label: string) => writer.moveCards(ids, status, label),
      tryAgain(ids: readonly string[]) {
        writer.moveAgain(ids)
        for (const id of ids) writer.chunk(id).tryAgain()
      },
      /** What stands against a decision is not wanted any more. */
      discard(ids: readonly string[]) {
        writer.keepPlaces(ids)
        for (const id of ids) writer.chunk(id).withdraw()
      },
      remove: (id: string) => writer.remove(id),
      removeAll: (ids: readonly string[]) => writer.removeAll(ids),
      comment: (said: Parameters<typeof writer.comment>[0]) => writer.comment(said),
      /** Puts a card into the column of a status, which is called `into`, and to its place there. */
      moveCard: (id: string, to: Omit<CardMove, 'id'>, into = to.status || 'No status') =>
        writer.moveCard({ id, ...to }, into),
      /** Saves how the board (`main`) or a saved view is set up; rejects where that was not taken. */
      saveBoard: (name: string, settings: wire.BoardSettings, title?: string) =>
        writer.saveBoard(name, settings, title),
      placeTo: (id: string, direction: Direction) => step(chunks, id, direction, rootId),
      move: (id: string, direction: Direction) => writer.step(id, direction, rootId),
    }),
    [
      chunks,
      boards,
      isDone,
      comments,
      said,
      edits.comments,
      moving,
      edits.waiting,
      stuck,
      problems,
      bulk,
      undoable,
      writer,
      rootId,
    ],
  )
}

function useSameMap<Value>(derive: () => ReadonlyMap<string, Value>, deps: readonly unknown[]) {
  return useDerived<ReadonlyMap<string, Value>>((before) => {
    const now = derive()
    return before && isSameMap(before, now) ? before : now
  }, deps)
}

function movingOf({ edits, cardMoves }: DocumentEdits): ReadonlyMap<string, string> {
  const edited = [...edits].flatMap(([id, edit]) => {
    const { status } = unsaved(edit)
    return status === undefined ? [] : [[id, status] as const]
  })
  return new Map([...edited, ...cardMoves.map(({ id, status }) => [id, status] as const)])
}

function stuckOf(edits: DocumentEdits['edits']): ReadonlyMap<string, true> {
  return new Map([...edits].flatMap(([id, edit]) => (isStuck(edit) ? [[id, true] as const] : [])))
}

function problemsOf(edits: DocumentEdits['edits']): ReadonlyMap<string, string> {
  const problems = new Map<string, string>()
  for (const [id, { problem }] of edits) {
    if (problem?.kind === 'refused') problems.set(id, problem.reason)
    else if (problem?.kind === 'conflict') problems.set(id, 'Somebody else has changed the same.')
    else if (problem?.kind === 'gone') problems.set(id, 'It has been deleted.')
  }
  return problems
}

export type EditDocument = ReturnType<typeof useEditDocument>
