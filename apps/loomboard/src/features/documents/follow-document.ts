import type { Chunk, DocumentChange, StreamStatus, wire } from '@loomcycle/client'
import { client, connection, noteError } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'
import { patchChunks, type Siblings, type Stale, staleAfter, toldBy, toldRanks, withSiblings } from './model/changes.ts'
import type { OutlineChunk } from './model/outline.ts'
import {
  chunkQuery,
  documentEdgesQuery,
  putChunk,
  readChunks,
  type Snapshot,
  snapshotQuery,
  typesQuery,
} from './queries.ts'
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

/** Puts what these changes say into what is known of the document, and reads again what they do not say. */
export async function applyChanges(documentId: string, changes: readonly DocumentChange[]): Promise<void> {
  const { queryKey } = snapshotQuery(documentId)
  const { told, left } = tell(documentId, changes)
  const stale = staleAfter(left)
  if (stale.types) void queryClient.invalidateQueries({ queryKey: typesQuery(documentId).queryKey })
  if (left.length > 0) void queryClient.invalidateQueries({ queryKey: ['chunk-edges'] })
  if (staleAfter(changes).edges) {
    void queryClient.invalidateQueries({ queryKey: documentEdgesQuery(documentId).queryKey })
  }
  for (const id of [...told.keys(), ...stale.chunks]) {
    void queryClient.invalidateQueries({ queryKey: ['chunk-history', id] })
  }
  const seq = changes.at(-1)?.seq ?? 0
  if (told.size > 0) {
    queryClient.setQueryData(queryKey, (known: Snapshot | undefined): Snapshot | undefined => {
      const chunks = known && patchChunks(known.chunks, [...told.values()], new Set())
      return known && chunks && { ...known, chunks, seq: left.length > 0 ? known.seq : Math.max(known.seq, seq) }
    })
  }
  if (left.length === 0) return
  if (stale.everything) {
    void queryClient.invalidateQueries({ queryKey: ['chunk'] })
    await queryClient.invalidateQueries({ queryKey })
    await meetReturned(documentId)
    return
  }
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

/** The chunks that are known from what was told of them, and the changes that leave something to be read. */
function tell(documentId: string, changes: readonly DocumentChange[]) {
  const snapshot = queryClient.getQueryData(snapshotQuery(documentId).queryKey)
  const { edits } = writerOf(documentId).state.get()
  const told = new Map<string, OutlineChunk>()
  const unclear = new Set<string>()
  const knownOf = (id: string) => told.get(id) ?? snapshot?.chunks.get(id)
  const readAgain: DocumentChange[] = []
  for (const change of changes) {
    for (const now of toldRanks(change, knownOf)) {
      const { queryKey } = chunkQuery(now.id)
      const whole = queryClient.getQueryData(queryKey)
      told.set(now.id, now)
      if (whole && now.rank) putChunk({ ...whole, rank: now.rank })
      if (queryClient.isFetching({ queryKey }) === 0) continue
      const { ranks: _, ...single } = change
      readAgain.push({ ...single, chunk_id: now.id, keys: ['rank'] })
      unclear.add(now.id)
    }
    if (change.ranks) continue
    const { chunk_id: id = '', actor, at } = change
    const known = knownOf(id)
    // Whoever writes in it goes on from the whole of it; the document is called what its root is.
    const { queryKey } = chunkQuery(id)
    const isReading = queryClient.isFetching({ queryKey }) > 0
    const isRead = isReading || unclear.has(id) || edits.has(id) || id === snapshot?.document.root_chunk_id
    const now = isRead ? undefined : toldBy(change, known)
    const whole = queryClient.getQueryData(queryKey)
    if (now && whole && (change.keys?.includes('body') || now.revision - whole.revision > 1)) unclear.add(id)
    else if (now) {
      told.set(id, now)
      if (whole) putChunk({ ...whole, ...now, body: whole.body, updated_by: actor, updated_at: at })
      continue
    }
    unclear.add(id)
  }
  for (const id of unclear) told.delete(id)
  const writer = writerOf(documentId)
  const left = [...changes.filter(({ ranks }) => !ranks), ...readAgain].filter(
    (change) => !told.has(change.chunk_id ?? '') && !(writer.isOwn(change) && isWhole(change)),
  )
  return { told, left }
}

/** Its answer says all of it: but for tags, which make no revision, and for its place. */
function isWhole({ op, position, keys }: DocumentChange): boolean {
  return op === 'update_chunk' && position === undefined && keys !== undefined && !keys.includes('tags')
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
