import { inSlices } from '../../../../ground/in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { nameOf } from '../../../paths/path.ts'
import { toTitle } from '../../chunks/chunk.ts'
import { bringDocument } from '../../create-document.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { type BoardFile, readBoard } from '../../exchange/boards/read-board.ts'
import { summaryOf } from '../../exchange/boards/summary.ts'
import { toBoardDrafts } from '../../exchange/boards/to-drafts.ts'
import { look } from '../../look.ts'

export function importBoard(deps: DocumentDeps): DocumentOp<'import_board'> {
  return async (caller, { scope, text, files = [], title, path, preview = false, archived = false, ...wish }) => {
    const { format, board } = await readBoard({
      format: wish.format,
      files: filesOf(text, files),
      board: wish.board,
      titleColumn: wish.title_column,
      statusColumn: wish.status_column,
      archived,
    })
    const named = board.title || toTitle(title ?? '') || (path ? nameOf(path) : '') || 'Imported board'
    const made = await inSlices(toBoardDrafts(board, named, format))
    const summary = await inSlices(summaryOf(board, made))
    const said = { format, title: named, ...summary }
    if (preview) {
      await look(deps, caller, scope)
      return said
    }
    const { drafts, edges, type } = made
    const brought = { op: 'import_board', drafts, edges, types: [type], path }
    return bringDocument(deps, caller, scope, brought, (document) => ({ ...said, ...document }))
  }
}

function filesOf(text: string | undefined, files: readonly BoardFile[]): readonly BoardFile[] {
  if (text !== undefined && files.length > 0) throw new ToolError('give text or files, not both')
  return text === undefined ? files : [{ name: '', text }]
}
