import { labels } from '../chunk.ts'
import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { excerpt } from '../excerpt.ts'
import { look } from '../look.ts'
import { toMatch } from '../match.ts'
import { type Found, searchChunks } from '../store/search.ts'

export function search(deps: DocumentDeps): DocumentOp<'search'> {
  return async (caller, { scope, query, document_id, limit = 20 }) => {
    const { tx, placeId } = await look(deps, caller, scope)
    const find = async (match: string | undefined): Promise<Found[]> =>
      match === undefined ? [] : searchChunks(tx, placeId, match, { documentId: document_id, limit })
    // All the words, or else any of them.
    let found = await find(toMatch(query, 'start'))
    if (found.length === 0) found = await find(toMatch(query, 'any'))
    return { chunks: found.map((chunk) => toFound(chunk, query)) }
  }
}

export function toFound({ id, document_id, title, type, body, score }: Found, query: string) {
  const { type: shown } = labels({ type, status: '' })
  return {
    chunk_id: id,
    score,
    title,
    ...(shown === undefined ? {} : { type: shown }),
    document_id,
    ...(body === '' ? {} : { excerpt: excerpt(body, query) }),
  }
}
