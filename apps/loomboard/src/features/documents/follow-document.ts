import type { Chunk, DocumentChange, StreamStatus, wire } from '@loomcycle/client'
import { client, connection, noteError } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'
import { patchChunks, type Siblings, type Stale, staleAfter, withSiblings } from './model/changes.ts'
import { putChunk, readChunks, type Snapshot, snapshotQuery, typesQuery } from './queries.ts'
import { isNoSuchChunk } from './writing/chunk-writer.ts'
import { withContent, withoutBody } from './writing/shown-chunks.ts'
import { writerOf } from './writing/writers.ts'

/** What follows a change within this time is read and shown together; a change by itself is shown at once. */
const togetherFor = 80
const retryAfter = 3000

export interface Follower {
  /** Gets what belongs together. */
  onChanges(changes: readonly DocumentChange[]): void
  /** What was followed until now is not there any more: a backup was restored. */
  onGoneBack(): void
  /** Who has it open now. */
  onPresence?: (people: wire.DocumentPresence['people']) => void
}

/** Follows a document after `since`, until aborted. */
export async function followDocument(
  documentId: string,
  since: number,
  signal: AbortSignal,
  { onChanges, onGoneBack, onPresence }: Follower,
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
  const lookBack = async () => {
    const seen = reached
    const seq = await headOf(documentId, signal).catch(() => seen)
    if (seq >= seen || signal.aborted) return
    reached = seq
    onGoneBack()
  }
  let wasCut = false
  while (!signal.aborted) {
    const watch = connection.streamWatcher()
    const onStatus = (status: StreamStatus) => {
      watch(status)
      if (status === 'live' && wasCut) void lookBack()
      wasCut = status !== 'live'
    }
    try {
      const following = client.documentChanges({
        ...{ documentId, since: reached, signal, resume: { onStatus } },
        ...(onPresence ? { onPresence: ({ people }) => onPresence(people) } : {}),
      })
      for await (const change of following) {
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

async function headOf(documentId: string, signal: AbortSignal): Promise<number> {
  return (await client.document({ op: 'get_document', id: documentId }, { signal })).seq
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
    await meetReturned(documentId)
    return
  }
  const seq = changes.at(-1)?.seq ?? 0
  const readings = await readStale(documentId, stale, seq).catch(noteError)
  if (!readings) return queryClient.invalidateQueries({ queryKey })
  const { read, siblings } = readings
  const fresh = read.filter((chunk) => chunk !== undefined)
  fresh.forEach(putChunk)
  const writer = writerOf(documentId)
  // What is being typed goes on from what others have made of it.
  writer.met(fresh)
  const gone = new Set(stale.removed)
  for (const [i, id] of [...stale.chunks].entries()) if (!read[i]) gone.add(id)
  writer.gone(gone)
  const title = fresh.find((chunk) => chunk.id === rootOf(documentId))?.title
  queryClient.setQueryData(queryKey, (known: Snapshot | undefined): Snapshot | undefined => {
    if (!known) return known
    const placed = siblings.reduce(withSiblings, known)
    const chunks = patchChunks(fresh.map(withoutBody).reduce(withContent, placed.chunks), [], gone)
    const document = { ...known.document, chunk_count: chunks.size, ...(title ? { title } : {}) }
    return { ...placed, document, chunks, seq: Math.max(known.seq, seq) }
  })
}

/** Chunks that were deleted and are there again: what was written in them goes on. */
async function meetReturned(documentId: string): Promise<void> {
  const writer = writerOf(documentId)
  const chunks = queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.chunks
  const returned = writer.orphans().filter((id) => chunks?.has(id))
  const read = await Promise.all(returned.map(readChunk)).catch(noteError)
  writer.met((read ?? []).filter((chunk) => chunk !== undefined))
}

async function readStale(documentId: string, { chunks, parents }: Stale, asOf: number) {
  const [read, siblings] = await Promise.all([
    Promise.all([...chunks].map(readChunk)),
    Promise.all(
      [...parents].map(async (parentId): Promise<Siblings> => {
        return { parentId, asOf, chunks: await readChunks({ document_id: documentId, parent_id: parentId }) }
      }),
    ),
  ])
  return { read, siblings }
}

function rootOf(documentId: string): string | undefined {
  return queryClient.getQueryData(snapshotQuery(documentId).queryKey)?.document.root_chunk_id
}

/**
 * Undefined where it has gone meanwhile. Asked for anew: what is being read already may be from before the change that
 * it is read for.
 */
async function readChunk(id: string): Promise<Chunk | undefined> {
  try {
    return await client.document({ op: 'get_chunk', id })
  } catch (error) {
    if (isNoSuchChunk(error, id)) return undefined
    throw error
  }
}
