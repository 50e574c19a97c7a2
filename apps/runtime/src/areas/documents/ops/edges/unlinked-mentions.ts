import { termsOf, toMatch } from '../../../../ground/full-text/terms.ts'
import { nextSlice } from '../../../../ground/in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { titleKey } from '../../edges/links.ts'
import { getChunk } from '../../find.ts'
import { look } from '../../look.ts'
import { type Found, searchChunks } from '../../store/search.ts'

/** One letter says little, even where it is a word; of an alphabet two do. */
const shortestTitle = (title: string) => (/^[\0-\u02ff]*$/.test(title) ? 3 : 2)

export function unlinkedMentions(deps: DocumentDeps): DocumentOp<'unlinked_mentions'> {
  return async (caller, { scope, id, limit = 100 }) => {
    const within = await look(deps, caller, scope)
    const { title } = await getChunk(within, id)
    const match = title.length < shortestTitle(title) ? undefined : toMatch(termsOf(title), 'phrase')
    if (match === undefined) return { unlinked_mentions: [], truncated: false }
    const most = { limit: limit + 2, unlessLinkedTo: id }
    const found = await searchChunks(deps.db.aside(caller), within.placeId, `{body} : (${match})`, most)
    const key = titleKey(title)
    const mentions: Found[] = []
    for (const chunk of found) {
      await nextSlice()
      if (titleKey(chunk.body).includes(key)) mentions.push(chunk)
    }
    return {
      unlinked_mentions: mentions
        .slice(0, limit)
        .map((chunk) => ({ chunk_id: chunk.id, title: chunk.title, document_id: chunk.document_id })),
      truncated: mentions.length > limit,
    }
  }
}
