import type { Chunk } from '@loomcycle/client'
import { useEffect, useMemo } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { type ChunkEdit, mine, shown } from './writing/chunk-edit.ts'
import { type Key, type Patch, same } from './writing/patch.ts'
import { writerOf } from './writing/writers.ts'

/** A chunk as it is to be seen while it is being changed here, and the way to change it. */
export function useEditChunk(chunk: Chunk) {
  const ofDocument = writerOf(chunk.document_id)
  const writer = ofDocument.chunk(chunk.id)
  const edit: ChunkEdit | undefined = useStore(writer.state)
  const isKept = !useStore(ofDocument.state).unkept.has(chunk.id)
  useEffect(() => writer.met(chunk), [writer, chunk])
  // Whoever goes away has finished typing.
  useEffect(() => () => writer.flush(), [writer])
  return useMemo(
    () => ({
      chunk: shown(chunk, edit),
      /** Undefined where everything is saved. */
      edit,
      /** What is not saved is there again after a reload. */
      isKept,
      /** A part as its author has it in the field, whatever the server says about it. */
      mine: (key: Key) => mine(chunk, edit, key),
      /** Changes something and saves it. */
      set: (patch: Patch) => writer.edit(chunk, patch),
      /** The same while it is being typed. */
      type: (patch: Patch, how?: { untilFlush?: boolean }) => writer.type(chunk, patch, how),
      /** What was written of a part is not wanted after all; it is what it was. */
      giveUp(key: Key, written: unknown, before: unknown) {
        writer.withdraw([key])
        // It was saved while it was typed.
        if (same(mine(chunk, writer.state.get(), key), written)) writer.type(chunk, { [key]: before } as Patch)
      },
      flush: () => writer.flush(),
      keepMine: () => writer.keepMine(),
      takeTheirs: () => writer.takeTheirs(),
      tryAgain: () => writer.tryAgain(),
      /** What was refused is not wanted any more. */
      discard: (keys: readonly Key[]) => writer.withdraw(keys),
    }),
    [writer, chunk, edit, isKept],
  )
}

export type EditChunk = ReturnType<typeof useEditChunk>
