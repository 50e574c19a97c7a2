import { boardType, mainBoard } from '@loomcycle/proto'
import { inSlices } from '../../../../ground/in-slices.ts'
import type { StoredChunk } from '../../chunks/chunk.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { toCsv } from '../../exchange/boards/to-csv.ts'
import { getDocumentBy } from '../../find.ts'
import { look } from '../../look.ts'
import { readDocument } from '../../read-document.ts'

export function exportCsv(deps: DocumentDeps): DocumentOp<'export_csv'> {
  return async (caller, { scope, ids, columns, ...ref }) => {
    const within = await look(deps, caller, scope)
    const document = await getDocumentBy(within, ref)
    const { chunks } = await readDocument(deps, within, document.id)
    const { csv, rows } = await inSlices(toCsv(chunks, { ids, columns, types: cardTypes(chunks) }))
    return { csv, document_id: document.id, title: document.title, rows }
  }
}

function cardTypes(chunks: readonly StoredChunk[]): ReadonlySet<string> {
  const board = chunks.find(({ type, natural_key }) => type === boardType && natural_key === mainBoard)
  const types = board?.fields?.types
  return new Set(Array.isArray(types) ? types : [])
}
