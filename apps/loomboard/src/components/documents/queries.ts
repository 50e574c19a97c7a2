import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '../../lib/client.ts'

const few = 8

/** Documents whose title or path has these words in it; without any, the last changed ones. */
export const namedDocumentsQuery = (text: string, limit = few) =>
  queryOptions({
    queryKey: ['documents', text, limit],
    queryFn: async ({ signal }) =>
      (await client.document({ op: 'query_documents', ...(text ? { text } : {}), limit }, { signal })).documents,
    placeholderData: keepPreviousData,
  })

/** Chunks by the words in them, of all documents or of one. */
export const foundChunksQuery = (query: string, documentId?: string, limit = few) =>
  queryOptions({
    queryKey: ['found-chunks', query, documentId ?? '', limit],
    queryFn: async ({ signal }) => {
      const of = documentId ? { document_id: documentId } : {}
      return (await client.document({ op: 'search', query, limit, ...of }, { signal })).chunks
    },
    placeholderData: keepPreviousData,
  })

/** Title, names and size of a document; its chunks are another question. */
export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id],
    queryFn: ({ signal }) => client.document({ op: 'get_document', id }, { signal }),
  })

/** What became of a chunk between two of its revisions; that never changes. */
export const diffQuery = (id: string, from_revision: number, to_revision: number) =>
  queryOptions({
    queryKey: ['chunk-diff', id, from_revision, to_revision],
    queryFn: ({ signal }) => client.document({ op: 'diff', id, from_revision, to_revision }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What a revision changed. */
export const revisionQuery = (chunkId: string, revision: number) => diffQuery(chunkId, revision - 1, revision)
