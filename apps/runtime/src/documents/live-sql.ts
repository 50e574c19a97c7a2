const hidden = "SELECT id FROM main.chunk_batches WHERE state <> 'marking'"
const hiddenDocuments =
  "SELECT document_id FROM main.chunk_batches WHERE state <> 'marking' AND document_id IS NOT NULL"

/** What `live_documents` and `live_chunks` say, for views that may look at tables only. */
export function isLiveDocument(id: string): string {
  return `${id} NOT IN (${hiddenDocuments})`
}

export function isLiveChunk(chunk: string): string {
  return `(${chunk}.batch IS NULL OR ${chunk}.batch NOT IN (${hidden})) AND ${isLiveDocument(`${chunk}.document_id`)}`
}

/** Only while something comes or goes is the chunk looked up. */
export function isOfLiveChunk(id: string): string {
  return `(NOT EXISTS (${hidden}) OR EXISTS (SELECT 1 FROM main.chunks AS h WHERE h.id = ${id} AND ${isLiveChunk('h')}))`
}
