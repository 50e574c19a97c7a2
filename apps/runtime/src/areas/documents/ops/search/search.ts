import { excerpt } from '../../../../ground/full-text/excerpt.ts'
import { type Term, termsOf, toMatch } from '../../../../ground/full-text/terms.ts'
import { whyNotEmbed } from '../../../../models/embedders/may-embed.ts'
import { labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { look } from '../../look.ts'
import { findByMeaning } from '../../search/find-by-meaning.ts'
import { fuse } from '../../search/fuse.ts'
import { listChunksByIds } from '../../store/chunks.ts'
import { type Found, searchChunks } from '../../store/search.ts'

/** How far down a ranking may lie what another one lifts up. */
const REACH = 100

export function search(deps: DocumentDeps): DocumentOp<'search'> {
  return async (caller, { scope, query, document_id: documentId, limit = 20 }) => {
    const { tx, placeId } = await look(deps, caller, scope)
    const refused = deps.embedder && whyNotEmbed(deps.embedder, caller.run?.agent)
    const embedder = refused === undefined ? deps.embedder : undefined
    const terms = termsOf(query)
    const reach = embedder ? REACH : limit
    const find = async (match: string | undefined): Promise<Found[]> => {
      if (match === undefined) return []
      return searchChunks(deps.db.aside(caller), placeId, match, { documentId, limit: reach })
    }
    // All the words, or else any of them.
    const complete = await find(toMatch(terms, 'start'))
    const found = complete.length > 0 ? complete : await find(toMatch(terms, 'any'))
    if (!embedder || query.trim() === '') {
      const chunks = found.map((chunk) => toFound(chunk, terms))
      return { chunks, ...(refused === undefined ? {} : { note: `found by words alone: ${refused}` }) }
    }

    const { near, note } = await findByMeaning(deps, embedder, { placeId, documentId }, caller, query, reach)
    const [words, meaning, all] = [found, near, complete].map((ranking) => ranking.map(({ id }) => id))
    const best = near.length === 0 ? found : fuse([words!, meaning!], new Set(all))
    const top = best.slice(0, limit)
    const ids = top.map(({ id }) => id)
    const chunks = new Map((await listChunksByIds(tx, placeId, ids)).map((chunk) => [chunk.id, chunk]))
    return {
      chunks: top.flatMap(({ id, score }) => {
        const chunk = chunks.get(id)
        return chunk ? [toFound({ ...chunk, score }, terms)] : []
      }),
      ...(note === undefined ? {} : { note }),
    }
  }
}

export function toFound({ id, document_id, title, type, body, score }: Found, terms: readonly Term[]) {
  const { type: shown } = labels({ type, status: '' })
  return {
    chunk_id: id,
    score,
    title,
    ...(shown === undefined ? {} : { type: shown }),
    document_id,
    ...(body === '' ? {} : { excerpt: excerpt(body, terms) }),
  }
}
