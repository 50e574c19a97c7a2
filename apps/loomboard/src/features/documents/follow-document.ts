import type { Chunk, DocumentChange } from '@loomcycle/client'
import { client, connection, noteError } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'
import { patchChunks, staleAfter } from './model/changes.ts'
import { chunkQuery, readChunks, type Snapshot, snapshotQuery, typesQuery } from './queries.ts'
import { withoutBody } from './writing/shown-chunks.ts'
import { writerOf } from './writing/writers.ts'

/** What follows a change within this time is read and shown together; a change by itself is shown at once. */
const togetherFor = 80
const retryAfter = 3000

/** Follows a document after `since`, until aborted; `onChanges` gets what belongs together. */
export async function followDocument(
  documentId: string,
  since: number,
  signal: AbortSignal,
  onChanges: (changes: readonly DocumentChange[]) => void,
): Promise<void> {
  let waiting: DocumentChange[] | undefined
  let reached = since
  const tell = (changes: readonly DocumentChange[]) => {
    waiting = []
    onChanges(changes)
    setTimeout(() => {
      const followed = waiting ?? []
      waiting = undefined
      if (followed.length > 0 && !signal.aborted) tell(followed)
    }, togetherFor)
  }
  while (!signal.aborted) {
    const onStatus = connection.streamWatcher()
    try {
      for await (const change of client.documentChanges({ documentId, since: reached, signal, resume: { onStatus } })) {
        reached = change.seq
        if (waiting) waiting.push(change)
        else tell([change])
      }
    } catch (error) {
      if (signal.aborted) return
      noteError(error)
    }
    await new Promise((resolve) => setTimeout(resolve, retryAfter))
  }
}

/** Reads again what these changes have touched, and puts it into what is known of the document. */
export async function applyChanges(documentId: string, changes: readonly DocumentChange[]): Promise<void> {
  const stale = staleAfter(changes)
  const { queryKey } = snapshotQuery(documentId)
  if (stale.types) void queryClient.invalidateQueries({ queryKey: typesQuery(documentId).queryKey })
  void queryClient.invalidateQueries({ queryKey: ['chunk-edges'] })
  for (const id of stale.chunks) void queryClient.invalidateQueries({ queryKey: ['chunk-history', id] })
  if (stale.everything) {
    void queryClient.invalidateQueries({ queryKey: ['chunk'] })
    await queryClient.invalidateQueries({ queryKey })
    return
  }
  const [read, siblings] = await Promise.all([
    Promise.all([...stale.chunks].map(readChunk)),
    Promise.all([...stale.parents].map((parent_id) => readChunks({ document_id: documentId, parent_id }))),
  ])
  // What is being typed goes on from what others have made of it.
  writerOf(documentId).met(read.filter((chunk) => chunk !== undefined))
  const gone = new Set(stale.removed)
  for (const [i, id] of [...stale.chunks].entries()) if (!read[i]) gone.add(id)
  const title = read.find((chunk) => chunk && chunk.id === rootOf(documentId))?.title
  queryClient.setQueryData(queryKey, (known: Snapshot | undefined): Snapshot | undefined => {
    if (!known) return known
    const fresh = [...siblings.flat(), ...read.filter((chunk) => chunk !== undefined).map(withoutBody)]
    const chunks = patchChunks(known.chunks, fresh, gone)
    const document = { ...known.document, chunk_count: chunks.size, ...(title ? { title } : {}) }
    return { document, chunks, seq: Math.max(known.seq, changes.at(-1)?.seq ?? 0) }
  })
}

function rootOf(documentId: string): string | undefined {
  return queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.document.root_chunk_id
}

/** Undefined where it has gone meanwhile. */
async function readChunk(id: string): Promise<Chunk | undefined> {
  try {
    return await queryClient.fetchQuery({ ...chunkQuery(id), staleTime: 0 })
  } catch {
    return undefined
  }
}
