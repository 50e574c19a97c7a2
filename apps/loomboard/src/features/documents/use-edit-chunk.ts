import type { Chunk } from '@loomcycle/client'
import { useEffect, useMemo } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { queryClient } from '../../lib/query-client.ts'
import { chunkQuery } from './queries.ts'
import { type ChunkEdit, mine, shown } from './writing/chunk-edit.ts'
import type { ChunkWriter } from './writing/chunk-writer.ts'
import type { Choice } from './writing/merge/merge-text.ts'
import { withoutTheirs } from './writing/merge/put-together.ts'
import { type Key, type Patch, same } from './writing/patch.ts'
import { writerOf } from './writing/writers.ts'

/** A chunk as it is to be seen while it is being changed here, and the way to change it. */
export function useEditChunk(chunk: Chunk) {
  const ofDocument = writerOf(chunk.document_id)
  const writer = ofDocument.chunk(chunk.id)
  const edit: ChunkEdit | undefined = useStore(writer.state)
  const together = useStore(writer.together)
  const text = useMemo(() => sharedText(writer, chunk.id), [writer, chunk.id])
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
      /** Its text, as the editor of it reads and writes it. */
      text,
      /** What others have changed of the text while it was being written here, and is part of it now. */
      together,
      dismissTogether: () => writer.dismissTogether(),
      /** Takes these changes out again; false where that cannot be done without what was written since. */
      undoTogether(): boolean {
        const body = withoutTheirs(text.read(), writer.together.get())
        if (body === undefined) return false
        writer.dismissTogether()
        writer.edit(queryClient.getQueryData(chunkQuery(chunk.id).queryKey) ?? chunk, { body })
        return true
      },
      keepMine: (keys?: readonly Key[]) => writer.keepMine(keys),
      takeTheirs: (keys?: readonly Key[]) => writer.takeTheirs(keys),
      /** One of the places where the texts differ is decided. */
      decide: (conflict: number, choice: Choice) => writer.decide(conflict, choice),
      tryAgain: () => writer.tryAgain(),
      /** What was refused is not wanted any more. */
      discard: (keys: readonly Key[]) => writer.withdraw(keys),
    }),
    [writer, chunk, edit, isKept, text, together],
  )
}

export type EditChunk = ReturnType<typeof useEditChunk>

/** What is known of the text outside of React: it is read while somebody types, between two renders. */
function sharedText(writer: ChunkWriter, id: string) {
  const { queryKey } = chunkQuery(id)
  const known = () => queryClient.getQueryData(queryKey)
  return {
    read(): string {
      const chunk = known()
      return chunk ? String(mine(chunk, writer.state.get(), 'body')) : ''
    },
    write(body: string): void {
      const chunk = known()
      if (chunk) writer.type(chunk, { body })
    },
    /** Tells once all that belongs together has been noted. */
    subscribe(onChange: () => void): () => void {
      const later = () => queueMicrotask(onChange)
      const stops = [
        writer.state.subscribe(later),
        queryClient.getQueryCache().subscribe(({ query, type }) => {
          if (type === 'updated' && same(query.queryKey, queryKey)) later()
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
