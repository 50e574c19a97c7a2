import type { documentOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { DocumentDeps } from '../deps.ts'
import { cardRuns } from './board/card-runs.ts'
import { addTags } from './chunks/add-tags.ts'
import { createChunk } from './chunks/create-chunk.ts'
import { defineType } from './chunks/define-type.ts'
import { deleteChunk } from './chunks/delete-chunk.ts'
import { getAsset } from './chunks/get-asset.ts'
import { getChunk } from './chunks/get-chunk.ts'
import { listTags } from './chunks/list-tags.ts'
import { listTypes } from './chunks/list-types.ts'
import { moveCard } from './chunks/move-card.ts'
import { moveChunk } from './chunks/move-chunk.ts'
import { removeTags } from './chunks/remove-tags.ts'
import { reorderChunk } from './chunks/reorder-chunk.ts'
import { setAsset } from './chunks/set-asset.ts'
import { updateChunk } from './chunks/update-chunk.ts'
import { upsertChunk } from './chunks/upsert-chunk.ts'
import { createDocument } from './documents/create-document.ts'
import { deleteDocument } from './documents/delete-document.ts'
import { documentsSummary } from './documents/documents-summary.ts'
import { getDocument } from './documents/get-document.ts'
import { setPath } from './documents/set-path.ts'
import { backlinks } from './edges/backlinks.ts'
import { getEdges } from './edges/get-edges.ts'
import { linkChunks } from './edges/link-chunks.ts'
import { related } from './edges/related.ts'
import { unlinkChunks } from './edges/unlink-chunks.ts'
import { unlinkedMentions } from './edges/unlinked-mentions.ts'
import { exportCanvas } from './exchange/export-canvas.ts'
import { exportCsv } from './exchange/export-csv.ts'
import { exportMd } from './exchange/export-md.ts'
import { importBoard } from './exchange/import-board.ts'
import { importCanvas } from './exchange/import-canvas.ts'
import { importMd } from './exchange/import-md.ts'
import { changes } from './history/changes.ts'
import { diffChunk } from './history/diff.ts'
import { getVersion } from './history/get-version.ts'
import { history } from './history/history.ts'
import { revert } from './history/revert.ts'
import { revertRun } from './history/revert-run.ts'
import { queryChunks } from './search/query-chunks.ts'
import { queryDocuments } from './search/query-documents.ts'
import { search } from './search/search.ts'

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
    move_card: moveCard(deps),
    card_runs: cardRuns(deps),
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
    import_board: importBoard(deps),
    export_csv: exportCsv(deps),
  }
}
