import { nanosPerMilli } from '../../../../ground/clock.ts'
import { findDocumentsByName, namesOfDocuments } from '../../../paths/names.ts'
import { labels } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { titleKey } from '../../edges/links.ts'
import type { Within } from '../../find.ts'
import { look } from '../../look.ts'
import { listDocuments } from '../../store/documents.ts'
import { idsUnder } from '../../under-path.ts'

export function queryDocuments(deps: DocumentDeps): DocumentOp<'query_documents'> {
  return async (caller, { scope, text = '', under_path, limit = 100, ...filter }) => {
    const within = await look(deps, caller, scope)
    const ids = await idsUnder(within, under_path)
    const named = await nameFilter(within, text.trim())
    const documents = await listDocuments(within.tx, within.placeId, { ...filter, ids, named, limit })
    const names = await namesOfDocuments(
      within.tx,
      within.place,
      documents.map(({ id }) => id),
    )
    return {
      documents: documents.map((document) => ({
        document_id: document.id,
        title: document.title,
        root_chunk_id: document.root_chunk_id,
        created_at: document.created_at * nanosPerMilli,
        updated_at: document.updated_at * nanosPerMilli,
        ...labels({ type: document.type, status: document.status }),
        paths: names.get(document.id) ?? [],
      })),
    }
  }
}

async function nameFilter({ tx, place }: Within, text: string) {
  if (text === '') return undefined
  return { titlePart: titleKey(text), ids: await findDocumentsByName(tx, place, text) }
}
