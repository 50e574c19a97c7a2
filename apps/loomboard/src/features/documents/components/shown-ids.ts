import type { wire } from '@loomcycle/client'
import { foundChunksQuery } from '../../../components/documents/queries.ts'
import { queryClient } from '../../../lib/query-client.ts'
import { isCardByItself } from '../model/cards.ts'
import { type DocumentSearch, findChunks } from '../model/filter.ts'
import type { EditDocument } from '../use-edit-document.ts'

const mostFound = 100

/** The chunks that the filters of an address leave; undefined for all cards, where there are cards and no filters. */
export async function shownIds(
  { document_id, root_chunk_id: rootId }: wire.GetDocumentOutput,
  chunks: EditDocument['chunks'],
  search: DocumentSearch,
): Promise<string[] | undefined> {
  const words = search.q ?? ''
  const found = words === '' ? [] : await queryClient.fetchQuery(foundChunksQuery(words, document_id, mostFound))
  const byText = new Map(found.map(({ chunk_id }) => [chunk_id, true]))
  const fitting = findChunks(chunks, { ...search, changed: undefined }, { byText, changed: new Map() })
  const all = [...chunks.values()].filter(({ id }) => id !== rootId)
  if (fitting) return all.filter(({ id }) => fitting.has(id)).map(({ id }) => id)
  return all.some((chunk) => isCardByItself(chunk, rootId)) ? undefined : all.map(({ id }) => id)
}
