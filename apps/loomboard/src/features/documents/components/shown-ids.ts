import type { wire } from '@loomcycle/client'
import { foundChunksQuery } from '../../../components/documents/queries.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { isCardByItself } from '../model/cards.ts'
import { isDone } from '../model/field-chips.ts'
import { filterChunks, linkedBy } from '../model/filter/filter-chunks.ts'
import { type DocumentSearch, toFilter } from '../model/filter.ts'
import { savedViews, withSaved } from '../model/saved-views.ts'
import { documentEdgesQuery, typesQuery } from '../queries.ts'
import type { EditDocument } from '../use-edit-document.ts'

const mostFound = 100

/** The chunks that the filters of an address leave; undefined for all cards, where there are cards and no filters. */
export async function shownIds(
  { document_id, root_chunk_id: rootId }: wire.GetDocumentOutput,
  { chunks, boards }: Pick<EditDocument, 'chunks' | 'boards'>,
  address: DocumentSearch,
): Promise<string[] | undefined> {
  const saved = savedViews(boards).find(({ name }) => name === address.saved)
  const filter = toFilter({ ...withSaved(address, saved), changed: undefined })
  const { q: words = '', edge } = filter
  const found = words === '' ? [] : await queryClient.fetchQuery(foundChunksQuery(words, document_id, mostFound))
  const edges = edge === undefined ? [] : await queryClient.fetchQuery(documentEdgesQuery(document_id))
  const fitting = filterChunks(chunks, filter, {
    byText: new Map(found.map(({ chunk_id }) => [chunk_id, true])),
    changed: new Map(),
    linked: edge === undefined ? undefined : linkedBy(edges, edge, (id) => chunks.has(id)),
    specs: await queryClient.fetchQuery(typesQuery(document_id)),
    isDone,
    now: Date.now(),
  })
  const all = [...chunks.values()].filter(({ id }) => id !== rootId)
  if (fitting) return all.filter(({ id }) => fitting.has(id)).map(({ id }) => id)
  return all.some((chunk) => isCardByItself(chunk, rootId)) ? undefined : all.map(({ id }) => id)
}
