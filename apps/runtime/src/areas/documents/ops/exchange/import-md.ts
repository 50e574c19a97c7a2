import type { PlaceScope } from '../../../../ground/identity/place.ts'
import { inSlices } from '../../../../ground/in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import type { Caller } from '../../../../tools/caller.ts'
import { nameOf } from '../../../paths/path.ts'
import { arrive } from '../../arrive.ts'
import { requireMayBring } from '../../board/follow-team.ts'
import { addChunks } from '../../chunks/add-chunks.ts'
import { toTitle } from '../../chunks/chunk.ts'
import { bringDocument } from '../../create-document.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { type Edit, edit } from '../../edit.ts'
import { type Imported, requireValidDrafts, toDrafts } from '../../exchange/import-sections.ts'
import { type EdgeLine, takeEdges } from '../../exchange/markdown/metadata.ts'
import { placed } from '../../exchange/markdown/places.ts'
import { type ReadMarkdown, readMarkdown } from '../../exchange/markdown/read.ts'
import { getChunk, getDocument } from '../../find.ts'
import { edgesInParts, inParts, isLittle } from '../../in-parts.ts'
import { look } from '../../look.ts'
import { countAncestors } from '../../store/chunks.ts'
import { type Edge, insertEdges } from '../../store/edges.ts'
import { lastRank } from '../../store/ranks.ts'

export function importMd(deps: DocumentDeps): DocumentOp<'import_md'> {
  return async (caller, { scope, markdown, document_id, parent_id, path, title }) => {
    const { edges, rest } = await inSlices(takeEdges(markdown))
    const read = await inSlices(readMarkdown(rest, toTitle(title ?? '') || (path ? nameOf(path) : '') || 'Untitled'))
    if (document_id !== undefined) return importInto(deps, caller, scope, { document_id, parent_id, read, edges })
    if (parent_id !== undefined) throw new ToolError('parent_id needs the document_id it is in')
    const { drafts, ids, saidRanks } = await inSlices(toDrafts(read, { parentId: '', depth: 0, withKeys: true }))
    await placed(
      drafts,
      (draft) => saidRanks.get(draft),
      async () => null,
    )
    const brought = { op: 'import_md', drafts, edges: edgesBetween(edges, ids), path }
    return bringDocument(deps, caller, scope, brought, (made) => made)
  }
}

interface Addition {
  document_id: string
  parent_id: string | undefined
  read: ReadMarkdown
  edges: readonly EdgeLine[]
}

async function importInto(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  { document_id: documentId, parent_id, read, edges: lines }: Addition,
) {
  const within = await look(deps, caller, scope)
  const { root_chunk_id } = await getDocument(within, documentId)
  const parentId = parent_id ?? root_chunk_id
  await requireParent(within)
  const depth = (await countAncestors(within.tx, { id: parentId })) + 1
  const { drafts, ids, saidRanks } = await inSlices(toDrafts(read, { parentId, depth, withKeys: false }))
  const lastOf = (status: string) => lastRank(within.tx, { document_id: documentId, status })
  await placed(drafts, (draft) => saidRanks.get(draft), lastOf)
  const edges = edgesBetween(lines, ids)
  if (isLittle(drafts) && isLittle(edges)) {
    return edit(deps, caller, scope, async (current) => {
      await requireValidDrafts(current, documentId, drafts)
      await requireMayBring(current, documentId, drafts)
      await addChunks(current, documentId, drafts)
      await insertEdges(current.tx, current.placeId, edges, current.now)
      return finish(current)
    })
  }
  await requireValidDrafts(within, documentId, drafts, inSlices)
  await requireMayBring(within, documentId, drafts)
  return arrive(deps, caller, scope, {
    documentId,
    parts: [...inParts(documentId, drafts), ...edgesInParts(edges)],
    finish,
  })

  async function requireParent(where: Pick<Edit, 'tx' | 'place' | 'placeId'>) {
    const parent = await getChunk(where, parentId)
    if (parent.document_id !== documentId) throw new ToolError(`the parent chunk ${parentId} is in another document`)
    return parent
  }

  async function finish(current: Edit) {
    await getDocument(current, documentId)
    const { title, revision } = await requireParent(current)
    current.record({
      op: 'import_md',
      document_id: documentId,
      chunk_id: parentId,
      revision,
      detail: { title, count: drafts.length },
      before: { created: 'chunks', ids: drafts.map(({ id }) => id) },
    })
    return { document_id: documentId, root_chunk_id: drafts[0]!.id!, chunks_created: drafts.length }
  }
}

/** Those between chunks that came with them. */
function edgesBetween(lines: readonly EdgeLine[], ids: Imported['ids']): Edge[] {
  return lines.flatMap(({ from, to, kind }) => {
    const from_id = ids.get(from)
    const to_id = ids.get(to)
    return from_id && to_id ? [{ from_id, to_id, kind, auto: 0 }] : []
  })
}
