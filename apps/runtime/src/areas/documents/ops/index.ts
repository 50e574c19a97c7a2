import type { documentOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { DocumentDeps } from '../deps.ts'
import { addTags } from './add-tags.ts'
import { backlinks } from './backlinks.ts'
import { changes } from './changes.ts'
import { createChunk } from './create-chunk.ts'
import { createDocument } from './create-document.ts'
import { defineType } from './define-type.ts'
import { deleteChunk } from './delete-chunk.ts'
import { deleteDocument } from './delete-document.ts'
import { diffChunk } from './diff.ts'
import { documentsSummary } from './documents-summary.ts'
import { exportCanvas } from './export-canvas.ts'
import { exportMd } from './export-md.ts'
import { getAsset } from './get-asset.ts'
import { getChunk } from './get-chunk.ts'
import { getDocument } from './get-document.ts'
import { getEdges } from './get-edges.ts'
import { getVersion } from './get-version.ts'
import { history } from './history.ts'
import { importCanvas } from './import-canvas.ts'
import { importMd } from './import-md.ts'
import { linkChunks } from './link-chunks.ts'
import { listTags } from './list-tags.ts'
import { listTypes } from './list-types.ts'
import { moveChunk } from './move-chunk.ts'
import { queryChunks } from './query-chunks.ts'
import { queryDocuments } from './query-documents.ts'
import { related } from './related.ts'
import { removeTags } from './remove-tags.ts'
import { reorderChunk } from './reorder-chunk.ts'
import { revert } from './revert.ts'
import { revertRun } from './revert-run.ts'
import { search } from './search.ts'
import { setAsset } from './set-asset.ts'
import { setPath } from './set-path.ts'
import { unlinkChunks } from './unlink-chunks.ts'
import { unlinkedMentions } from './unlinked-mentions.ts'
import { updateChunk } from './update-chunk.ts'
import { upsertChunk } from './upsert-chunk.ts'

export function createDocumentOps(deps: DocumentDeps): OpImplementations<typeof documentOps> {
  return {
    create_document: createDocument(deps),
    get_document: getDocument(deps),
    delete_document: deleteDocument(deps),
    set_path: setPath(deps),
    documents_summary: documentsSummary(deps),
    query_documents: queryDocuments(deps),
    create_chunk: createChunk(deps),
    upsert_chunk: upsertChunk(deps),
    get_chunk: getChunk(deps),
    update_chunk: updateChunk(deps),
    delete_chunk: deleteChunk(deps),
    move_chunk: moveChunk(deps),
    reorder_chunk: reorderChunk(deps),
    link_chunks: linkChunks(deps),
    unlink_chunks: unlinkChunks(deps),
    get_edges: getEdges(deps),
    backlinks: backlinks(deps),
    query_chunks: queryChunks(deps),
    search: search(deps),
    related: related(deps),
    unlinked_mentions: unlinkedMentions(deps),
    add_tags: addTags(deps),
    remove_tags: removeTags(deps),
    list_tags: listTags(deps),
    define_type: defineType(deps),
    list_types: listTypes(deps),
    set_asset: setAsset(deps),
    get_asset: getAsset(deps),
    history: history(deps),
    get_version: getVersion(deps),
    diff: diffChunk(deps),
    changes: changes(deps),
    revert: revert(deps),
    revert_run: revertRun(deps),
    export_md: exportMd(deps),
    import_md: importMd(deps),
    export_canvas: exportCanvas(deps),
    import_canvas: importCanvas(deps),
  }
}
