import { nanosPerMilli } from '../../../../ground/clock.ts'
import { afterCursor, type Listing, toPage } from '../../../../ground/cursor.ts'
import type { Caller } from '../../../../tools/caller.ts'
import { findDocumentsByName, namesOfDocuments } from '../../../paths/names.ts'
import { labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { titleKey } from '../../edges/links.ts'
import type { Within } from '../../find.ts'
import { look } from '../../look.ts'
import { documentsOf, readDocuments } from '../../search/documents-of.ts'
import { idsUnder } from '../../under-path.ts'

export function queryDocuments(deps: DocumentDeps): DocumentOp<'query_documents'> {
  return async (caller, { scope, text = '', under_path, limit = 100, cursor, ...filter }) => {
    const within = await look(deps, caller, scope)
    const ids = await idsUnder(within, under_path)
    const named = await nameFilter(deps, caller, within, text.trim())
    const listing: Listing = ['documents', { ...within.place, ...filter, text, under_path }]
    const after = afterCursor(cursor, listing, 2)
    const asked = { ...filter, ids, named, after, limit: limit + 1 }
    const found = await documentsOf(deps, caller, within, asked)
    const { rows: page, next } = toPage(found, limit, listing, ({ updated_at, id }) => [updated_at, id])
    const rows = await readDocuments(within, page)
    const names = await namesOfDocuments(
      within.tx,
      within.place,
      rows.map(({ id }) => id),
    )
    return {
      documents: rows.map((document) => ({
        document_id: document.id,
        title: document.title,
        root_chunk_id: document.root_chunk_id,
        created_at: document.created_at * nanosPerMilli,
        updated_at: document.updated_at * nanosPerMilli,
        ...labels({ type: document.type, status: document.status }),
        paths: names.get(document.id) ?? [],
      })),
      ...next,
    }
  }
}

async function nameFilter({ db }: DocumentDeps, caller: Caller, { place }: Within, text: string) {
  if (text === '') return undefined
  return { titlePart: titleKey(text), ids: await findDocumentsByName(db.aside(caller), place, text) }
}
