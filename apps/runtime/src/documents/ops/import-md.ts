import { nameOf } from '../../paths/path.ts'
import { ToolError } from '../../tools/tool.ts'
import { addChunks } from '../add-chunks.ts'
import { toTitle } from '../chunk.ts'
import { createDocument } from '../create-document.ts'
import type { DocumentDeps, DocumentOp } from '../deps.ts'
import { type Edit, edit } from '../edit.ts'
import { getChunk, getDocument } from '../find.ts'
import { requireValidDrafts, toDrafts } from '../import-sections.ts'
import { type EdgeLine, takeEdges } from '../markdown/metadata.ts'
import { type ReadMarkdown, readMarkdown } from '../markdown/read.ts'
import { countAncestors } from '../store/chunks.ts'
import { insertEdges } from '../store/edges.ts'

export function importMd(deps: DocumentDeps): DocumentOp<'import_md'> {
  return (caller, { scope, markdown, document_id, parent_id, path, title }) => {
    const { edges, rest } = takeEdges(markdown)
    const read = readMarkdown(rest, toTitle(title ?? '') || (path ? nameOf(path) : '') || 'Untitled')
    return edit(deps, caller, scope, async (current) => {
      if (document_id !== undefined) return importInto(current, document_id, parent_id, read, edges)
      if (parent_id !== undefined) throw new ToolError('parent_id needs the document_id it is in')
      const { drafts, ids } = toDrafts(read, { parentId: '', depth: 0 })
      await requireValidDrafts(current, '', drafts)
      const { document_id: id, chunks, ...named } = await createDocument(current, 'import_md', drafts, path)
      await drawEdges(current, edges, ids)
      return { document_id: id, root_chunk_id: chunks[0]!.id, chunks_created: chunks.length, ...named }
    })
  }
}

async function importInto(
  current: Edit,
  documentId: string,
  parentId: string | undefined,
  read: ReadMarkdown,
  edges: readonly EdgeLine[],
) {
  const { tx } = current
  const document = await getDocument(current, documentId)
  const parent = await getChunk(current, parentId ?? document.root_chunk_id)
  if (parent.document_id !== documentId) throw new ToolError(`the parent chunk ${parent.id} is in another document`)
  const { drafts, ids } = toDrafts(read, { parentId: parent.id, depth: (await countAncestors(tx, parent)) + 1 })
  await requireValidDrafts(current, documentId, drafts)
  // The document has its own natural keys.
  const chunks = await addChunks(
    current,
    documentId,
    drafts.map((draft) => ({ ...draft, natural_key: null })),
  )
  await drawEdges(current, edges, ids)
  current.record({
    op: 'import_md',
    document_id: documentId,
    chunk_id: parent.id,
    revision: parent.revision,
    detail: { title: parent.title, count: chunks.length },
    before: { created: 'chunks', ids: chunks.map(({ id }) => id) },
  })
  return { document_id: documentId, root_chunk_id: chunks[0]!.id, chunks_created: chunks.length }
}

/** Those between chunks that came with them. */
async function drawEdges({ tx, placeId, now }: Edit, edges: readonly EdgeLine[], ids: ReadonlyMap<string, string>) {
  const drawn = edges.flatMap(({ from, to, kind }) => {
    const from_id = ids.get(from)
    const to_id = ids.get(to)
    return from_id && to_id ? [{ from_id, to_id, kind, auto: 0 }] : []
  })
  await insertEdges(tx, placeId, drawn, now)
}
