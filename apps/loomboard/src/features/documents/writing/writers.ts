import type { Chunk } from '@loomcycle/client'
import { client, connection, noteError } from '../../../lib/client.ts'
import { whoamiQuery } from '../../../lib/queries.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { toast } from '../../../lib/toast.ts'
import { undecided } from '../../../lib/undecided.ts'
import { focusView } from '../components/focus.ts'
import { patchChunks } from '../model/changes.ts'
import { chunkQuery, putChunk, rereadDocument, type Snapshot, snapshotQuery } from '../queries.ts'
import { isStuck } from './chunk-edit.ts'
import { commentDrafts } from './comment-drafts.ts'
import type { DocumentCache, DocumentEnvironment } from './document-environment.ts'
import { DocumentWriter } from './document-writer.ts'
import { keptDocuments, keptEdits, keptErrands } from './kept.ts'
import { same } from './patch.ts'
import { type Move, withMoves } from './place.ts'
import { withCard, withContent, withoutBody } from './shown-chunks.ts'

const writers = new Map<string, DocumentWriter>()

/** The one who writes this document in this tab; what is under way goes on while one is elsewhere. */
export function writerOf(documentId: string): DocumentWriter {
  const known = writers.get(documentId)
  if (known) return known
  const writer = new DocumentWriter(environmentOf(documentId), documentId)
  writers.set(documentId, writer)
  writer.state.subscribe(noteUndecided)
  noteUndecided()
  return writer
}

function noteUndecided(): void {
  const all = [...writers].flatMap(([documentId, writer]) =>
    [...writer.state.get().edits].flatMap(([chunkId, edit]) => (isStuck(edit) ? [{ documentId, chunkId }] : [])),
  )
  if (!same(all, undecided.get())) undecided.set(all)
}

addEventListener('pagehide', () => {
  for (const writer of writers.values()) writer.leave()
})

function keepTyped(): void {
  for (const writer of writers.values()) writer.keepTyped()
}
// A tab that nobody sees may be thrown away at any time.
document.addEventListener('visibilitychange', keepTyped)
addEventListener('blur', keepTyped)

connection.onReturn(() => {
  for (const writer of writers.values()) writer.tryAgain()
})

// What this browser has no room for is in this page alone.
addEventListener('beforeunload', (event) => {
  if ([...writers.values()].some((writer) => writer.wouldLose)) event.preventDefault()
})

export function takeUpLeft(): void {
  for (const documentId of keptDocuments()) writerOf(documentId)
  for (const writer of writers.values()) writer.takeUp()
}

function environmentOf(documentId: string): DocumentEnvironment {
  return {
    client,
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    newId: () => crypto.getRandomValues(new Uint32Array(4)).reduce((id, n) => id + n.toString(36), ''),
    noteError,
    cache: cacheOf(documentId),
    kept: { edits: keptEdits(documentId), errands: keptErrands(documentId) },
    self: () => queryClient.getQueryData(whoamiQuery.queryKey)?.subject,
    giveBack(comment, reason) {
      commentDrafts.giveBack(comment, reason)
      toast.info('Your comment was not added', `${reason} Its words are in the field again.`)
    },
    say: {
      ...toast,
      undoable: (id, title, undo) =>
        toast.undoable(id, title, () => {
          undo()
          // The button goes with what it stands on.
          focusView()
        }),
    },
  }
}

function cacheOf(documentId: string): DocumentCache {
  const { queryKey } = snapshotQuery(documentId)
  const snapshot = () => queryClient.getQueryData(queryKey)
  const change = (how: (known: Snapshot) => Snapshot) =>
    queryClient.setQueryData(queryKey, (known: Snapshot | undefined) => known && how(known))
  return {
    chunks: () => snapshot()?.chunks ?? new Map(),
    seq: () => snapshot()?.seq ?? 0,
    chunk(id) {
      const whole = queryClient.getQueryData(chunkQuery(id).queryKey)
      const summary = snapshot()?.chunks.get(id)
      return whole && whole.revision >= (summary?.revision ?? 0) ? whole : summary
    },
    put(chunk: Chunk) {
      putChunk(chunk)
      change((known) => {
        const chunks = withContent(known.chunks, withoutBody(chunk))
        const title = chunk.id === known.document.root_chunk_id ? chunk.title : known.document.title
        return { ...known, chunks, document: { ...known.document, title, chunk_count: chunks.size } }
      })
      void queryClient.invalidateQueries({ queryKey: ['chunk-history', chunk.id] })
      void queryClient.invalidateQueries({ queryKey: ['chunk-edges'] })
    },
    place(move: Move) {
      change((known) => ({ ...known, chunks: withMoves(known.chunks, [move]) }))
    },
    placeCard({ id, status, rank, revision }) {
      const whole = queryClient.getQueryData(chunkQuery(id).queryKey)
      // What was changed besides is told, and read.
      const isNext = whole && revision - whole.revision <= 1
      if (isNext) putChunk({ ...whole, status, rank, revision })
      change((known) => ({ ...known, chunks: withCard(known.chunks, { id, status, rank, revision }) }))
    },
    reread: () => rereadDocument(documentId),
    drop(id) {
      change((known) => {
        const chunks = patchChunks(known.chunks, [], new Set([id]))
        return { ...known, chunks, document: { ...known.document, chunk_count: chunks.size } }
      })
    },
  }
}
