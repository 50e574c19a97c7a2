import { client } from '../../../../../lib/client.ts'
import type { Linkable } from './chunk-links.ts'

const most = 8

/** Chunks of other documents, by what they are about. */
export function findElsewhere(documentId: string) {
  return async (query: string, signal: AbortSignal): Promise<readonly Linkable[]> => {
    const { chunks } = await client.document({ op: 'search', query, limit: 3 * most }, { signal })
    return chunks
      .filter(({ document_id }) => document_id !== documentId)
      .slice(0, most)
      .map(({ chunk_id, title = '' }) => ({ id: chunk_id, title, where: 'another document' }))
  }
}
