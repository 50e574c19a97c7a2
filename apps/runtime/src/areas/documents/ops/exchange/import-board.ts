import { alone, inSlices } from '../../../../ground/in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { nameOf } from '../../../paths/path.ts'
import { toTitle } from '../../chunks/chunk.ts'
import { bringDocument } from '../../create-document.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { type BoardFile, readBoard } from '../../exchange/boards/read-board.ts'
import type { BoardFormat } from '../../exchange/boards/recognise.ts'
import { summaryOf } from '../../exchange/boards/summary.ts'
import { toBoardDrafts } from '../../exchange/boards/to-drafts.ts'
import { look } from '../../look.ts'

export function importBoard(deps: DocumentDeps): DocumentOp<'import_board'> {
  return async (caller, { scope, text, files = [], title, path, preview = false, archived = false, ...wish }) => {
    const given = filesOf(text, files)
    const read = () => readWhole(given, { ...wish, archived, title: title ?? '', path })
    const { said, ...made } = isLarge(given) ? await alone(read) : await read()
    if (preview) {
      await look(deps, caller, scope)
      return said
    }
    const brought = { op: 'import_board', ...made, path }
    return bringDocument(deps, caller, scope, brought, (document) => ({ ...said, ...document }))
  }
}

interface Wish {
  format?: BoardFormat
  board?: string
  title_column?: string
  status_column?: string
  archived: boolean
  title: string
  path: string | undefined
}

const largeText = 128 * 1024

function isLarge(files: readonly BoardFile[]): boolean {
  return files.reduce((sum, { text }) => sum + text.length, 0) > largeText
}

/** What is to be made, and what is said of it. */
async function readWhole(files: readonly BoardFile[], { title, path, ...wish }: Wish) {
  const { format, board } = await readBoard({
    format: wish.format,
    files,
    board: wish.board,
    titleColumn: wish.title_column,
    statusColumn: wish.status_column,
    archived: wish.archived,
  })
  const named = board.title || toTitle(title) || (path ? nameOf(path) : '') || 'Imported board'
  const made = await inSlices(toBoardDrafts(board, named, format))
  const said = { format, title: named, ...(await inSlices(summaryOf(board, made))) }
  return { said, drafts: made.drafts, edges: made.edges, types: [made.type] }
}

function filesOf(text: string | undefined, files: readonly BoardFile[]): readonly BoardFile[] {
  if (text !== undefined && files.length > 0) throw new ToolError('give text or files, not both')
  return text === undefined ? files : [{ name: '', text }]
}
