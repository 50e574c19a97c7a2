import type { wire } from '@loomcycle/client'
import { queryClient } from '../../../lib/query-client.ts'
import { byWordsQuery, findChunks } from '../find-chunks.ts'
import { isCardByItself } from '../model/cards.ts'
import type { DocumentSearch } from '../model/document-search.ts'
import { toFilter } from '../model/filter.ts'
import { savedViews, withSaved } from '../model/saved-views.ts'
import { documentEdgesQuery, typesQuery } from '../queries.ts'
import type { EditDocument } from '../use-edit-document.ts'

/** The chunks that the filters of an address leave; undefined for all cards, where there are cards and no filters. */
export async function shownIds(
  { document_id, root_chunk_id: rootId }: wire.GetDocumentOutput,
  { chunks, boards, isDone }: Pick<EditDocument, 'chunks' | 'boards' | 'isDone'>,
  address: DocumentSearch,
): Promise<string[] | undefined> {
  const saved = savedViews(boards).find(({ name }) => name === address.saved)
  const filter = toFilter({ ...withSaved(address, saved), changed: undefined })
  const { q: words = '', edge } = filter
  const fitting = findChunks(chunks, filter, {
    byWords: words === '' ? [] : await queryClient.fetchQuery(byWordsQuery(words, document_id)),
    edges: edge === undefined ? [] : await queryClient.fetchQuery(documentEdgesQuery(document_id)),
    changed: new Map(),
    types: await queryClient.fetchQuery(typesQuery(document_id)),
    isDone,
    now: Date.now(),
  })
  const all = [...chunks.values()].filter(({ id }) => id !== rootId)
  if (fitting) return all.filter(({ id }) => fitting.has(id)).map(({ id }) => id)
  return all.some((chunk) => isCardByItself(chunk, rootId)) ? undefined : all.map(({ id }) => id)
}
