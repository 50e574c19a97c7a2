import { type Chunk, type PageCursor, pages, type wire } from '@loomcycle/client'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'
import { queryClient } from '../../lib/query-client.ts'
import type { Placed } from './model/changes.ts'
import { parseSpecs } from './model/field-chips.ts'
import type { OutlineChunk } from './model/outline.ts'
import { runDeeds } from './model/run-deeds.ts'

/** Drawn at once; the others follow. */
const firstPage = 500
const pageSize = 1000
const included = ['fields', 'tags'] as const
const boardType = 'loom/board'

/** A document with all its chunks but for their texts, as of change number `seq`. */
export interface Snapshot {
  document: wire.GetDocumentOutput
  chunks: ReadonlyMap<string, OutlineChunk>
  seq: number
  placed: Placed['placed']
}

/** Read once; from then on its changes are followed. */
export const snapshotQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['snapshot', documentId],
    queryFn: async ({ signal }): Promise<Snapshot> => {
      const { queryKey } = snapshotQuery(documentId)
      const of = { op: 'query_chunks' as const, document_id: documentId, include: [...included] }
      // How the boards are set up is known before there is anything to be seen of them.
      const [document, first, boards] = await Promise.all([
        client.document({ op: 'get_document', id: documentId }, { signal }),
        client.document({ ...of, limit: firstPage }, { signal }),
        client.document({ ...of, type: boardType, limit: pageSize }, { signal }),
      ])
      // What is done while all that is read is told again afterwards.
      const seq = Math.min(document.seq, first.seq ?? 0, boards.seq ?? 0)
      const snapshotOf = (chunks: readonly OutlineChunk[]): Snapshot => ({
        document,
        chunks: new Map(chunks.map((chunk) => [chunk.id, chunk])),
        seq,
        placed: { all: seq, under: new Map() },
      })
      const chunks = [...(first.chunks ?? [])]
      if (first.next_cursor === undefined) return snapshotOf(chunks)
      if (queryClient.getQueryData(queryKey) === undefined) {
        queryClient.setQueryData(queryKey, snapshotOf([...chunks, ...(boards.chunks ?? [])]))
      }
      const rest = await everyPage(
        ({ cursor = first.next_cursor }) => client.document({ ...of, limit: pageSize, cursor }, { signal }),
        (page) => page.chunks ?? [],
      )
      return snapshotOf([...chunks, ...rest])
    },
    refetchOnWindowFocus: false,
  })

/** What is on all pages of a list. */
async function everyPage<Page extends { next_cursor?: string }, Row>(
  ask: (page: PageCursor) => Promise<Page>,
  rowsOf: (page: Page) => readonly Row[],
): Promise<Row[]> {
  const all: Row[] = []
  for await (const page of pages(ask)) for (const row of rowsOf(page)) all.push(row)
  return all
}

/** All chunks of a document, or those directly under one of them, page after page. */
export async function readChunks(
  of: { document_id: string; parent_id?: string },
  signal?: AbortSignal,
): Promise<OutlineChunk[]> {
  return everyPage(
    (page) =>
      client.document({ op: 'query_chunks', ...of, include: [...included], limit: pageSize, ...page }, { signal }),
    ({ chunks }) => chunks ?? [],
  )
}

/** The fields of each type; those of the document itself go before those that hold everywhere. */
export const typesQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['types', documentId],
    queryFn: async ({ signal }) => {
      const types = await everyPage(
        (page) => client.document({ op: 'list_types', document_id: documentId, ...page }, { signal }),
        ({ types }) => types,
      )
      const inOrder = types.toSorted((a, b) => a.document_id.length - b.document_id.length)
      return new Map(inOrder.map(({ name, field_specs }) => [name, parseSpecs(field_specs)]))
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

export const chunkQuery = (id: string) =>
  queryOptions({
    queryKey: ['chunk', id],
    queryFn: ({ signal }) => client.document({ op: 'get_chunk', id }, { signal }),
  })

/** What was said about a chunk, in its words. */
export const commentsQuery = (chunkId: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: ['comments', chunkId],
    queryFn: async ({ signal }) => {
      const said = new Map<string, wire.ChunkSummary>()
      for (let from = 0; from < ids.length; from += pageSize) {
        const some = ids.slice(from, from + pageSize)
        const comments = await everyPage(
          (page) =>
            client.document(
              {
                op: 'query_chunks',
                ids: some,
                include: ['body', 'fields', 'actors'],
                limit: pageSize,
                ...page,
              },
              { signal },
            ),
          ({ chunks }) => chunks ?? [],
        )
        for (const comment of comments) said.set(comment.id, comment)
      }
      return said
    },
  })

/** Nobody tells of the runs of others. */
const lookForRunsEvery = 15_000

/** Who is at work on the cards of a document, and which wait for their turn. */
export const cardRunsQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['card-runs', documentId],
    queryFn: ({ signal }) => client.document({ op: 'card_runs', document_id: documentId }, { signal }),
    refetchInterval: lookForRunsEvery,
  })

/** The runs of one card, those that have ended as well. */
export const runsOfCardQuery = (documentId: string, cardId: string) =>
  queryOptions({
    queryKey: ['card-runs', documentId, cardId],
    queryFn: ({ signal }) => client.document({ op: 'card_runs', document_id: documentId, id: cardId }, { signal }),
  })

const mostDeeds = 1000

/** What a run has done to a document, as far as that can be listed. */
export const runDeedsQuery = (documentId: string, runId: string) =>
  queryOptions({
    queryKey: ['run-deeds', documentId, runId],
    queryFn: async ({ signal }) => {
      const of = { op: 'changes' as const, document_id: documentId, limit: mostDeeds }
      const own = await client.document({ ...of, run_id: runId }, { signal })
      const since = (own.changes[0]?.seq ?? own.head) - 1
      const all = await client.document({ ...of, since: Math.max(0, since) }, { signal })
      return { ...runDeeds(own.changes, all.changes), isMore: own.truncated || all.truncated }
    },
    // It is looked at before something is done; others go on meanwhile.
    staleTime: 0,
    gcTime: 0,
  })

/** A chunk as an answer has it; what is being read of it may be older. */
export function putChunk(chunk: Chunk): void {
  const { queryKey } = chunkQuery(chunk.id)
  void queryClient.cancelQueries({ queryKey })
  queryClient.setQueryData(queryKey, (known) => (known && known.revision > chunk.revision ? known : chunk))
}

/** What is known of a document is not what the server has. */
export function rereadDocument(documentId: string): void {
  const all = [snapshotQuery(documentId).queryKey, documentEdgesQuery(documentId).queryKey]
  for (const queryKey of [...all, ['chunk'], ['chunk-history'], ['chunk-edges']]) {
    void queryClient.invalidateQueries({ queryKey })
  }
}

export const edgesQuery = (chunkId: string) =>
  queryOptions({
    queryKey: ['chunk-edges', chunkId],
    queryFn: ({ signal }) =>
      everyPage(
        (page) => client.document({ op: 'get_edges', id: chunkId, ...page }, { signal }),
        ({ edges }) => edges,
      ),
  })

/** The texts of these chunks; those that are changed are asked for anew. */
export const bodiesQuery = (chunks: readonly OutlineChunk[]) =>
  queryOptions({
    queryKey: ['bodies', chunks.map(({ id, revision }) => `${id} ${revision}`).join()],
    queryFn: async ({ signal }) => {
      const ids = chunks.map(({ id }) => id)
      const of = { document_id: chunks[0]!.document_id, ids, include: ['body' as const], limit: pageSize }
      const read = await everyPage(
        (page) => client.document({ op: 'query_chunks', ...of, ...page }, { signal }),
        ({ chunks }) => chunks ?? [],
      )
      return new Map(read.map(({ id, body }) => [id, body ?? '']))
    },
    // What one has read stays while one of them is read again.
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Every edge that starts or ends in a document. */
export const documentEdgesQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['document-edges', documentId],
    queryFn: ({ signal }) =>
      everyPage(
        (page) => client.document({ op: 'get_edges', document_id: documentId, ...page }, { signal }),
        ({ edges }) => edges,
      ),
    // What changes them is told.
    staleTime: Number.POSITIVE_INFINITY,
  })

export const historyQuery = (chunkId: string) =>
  queryOptions({
    queryKey: ['chunk-history', chunkId],
    queryFn: async ({ signal }) => (await client.document({ op: 'history', id: chunkId }, { signal })).revisions,
  })
