import { randomBytes } from 'node:crypto'
import { parseAsWritten } from '../../ground/json.ts'
import { ToolError } from '../../ground/tool-error.ts'

export interface CellChange {
  mode: 'replace' | 'insert' | 'delete'
  cellId?: string | undefined
  cellType?: 'code' | 'markdown' | undefined
  source?: string | undefined
}

interface Cell {
  id?: string
  cell_type: string
  source: unknown
  metadata?: unknown
  outputs?: unknown
  execution_count?: unknown
  attachments?: unknown
}

interface Notebook {
  cells: Cell[]
  nbformat?: number
  nbformat_minor?: number
}

/** Changes one cell; everything else of the notebook stays, indented as it was. */
export function changeNotebook(text: string, change: CellChange): { text: string; cells: number } {
  const notebook = parse(text)
  const { cells } = notebook
  if (change.mode === 'insert') {
    const at = change.cellId === undefined ? 0 : indexOf(cells, change.cellId) + 1
    cells.splice(at, 0, newCell(notebook, change))
  } else {
    if (change.cellId === undefined) throw new ToolError(`cell_id is missing; which cell is to be ${change.mode}d?`)
    const at = indexOf(cells, change.cellId)
    cells.splice(at, 1, ...(change.mode === 'delete' ? [] : [replaced(cells[at]!, change)]))
  }
  const end = text.endsWith('\n') ? '\n' : ''
  const written = JSON.stringify(notebook, null, indentOf(text)) + end
  // Within its texts they are escaped.
  return { text: text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written, cells: cells.length }
}

function parse(text: string): Notebook {
  let value: unknown
  try {
    value = parseAsWritten(text)
  } catch (error) {
    throw new ToolError(`the file is no notebook: it is not JSON (${(error as Error).message})`)
  }
  const cells = (value as Notebook | null)?.cells
  if (Array.isArray(cells) && cells.every((cell) => cell !== null && typeof cell === 'object')) return value as Notebook
  throw new ToolError('the file is no notebook: it has no cells')
}

function indexOf(cells: readonly Cell[], id: string): number {
  const [, number] = /^cell-(\d{1,9})$/.exec(id) ?? []
  const named = cells.findIndex((cell) => cell.id === id)
  const at = named < 0 && number !== undefined ? Number(number) : named
  if (at >= 0 && at < cells.length) return at
  const last = cells.length - 1
  const there = last < 0 ? 'it has none' : `they are cell-0 to cell-${last}, or by their ids`
  throw new ToolError(`the notebook has no cell "${id.slice(0, 80)}"; ${there}`)
}

function requireSource({ source, mode }: CellChange): string {
  if (source !== undefined) return source
  if (mode === 'insert') return ''
  throw new ToolError('source is missing; it is what the cell is to say')
}

function newCell({ nbformat = 4, nbformat_minor: minor = 0 }: Notebook, change: CellChange): Cell {
  const type = change.cellType ?? 'code'
  // Cells have ids from 4.5 on, and may have none before.
  const id = nbformat > 4 || (nbformat === 4 && minor >= 5) ? { id: randomBytes(4).toString('hex') } : {}
  return { ...id, cell_type: type, metadata: {}, source: toLines(requireSource(change)), ...resultsOf(type) }
}

function replaced(cell: Cell, change: CellChange): Cell {
  const { outputs: _, execution_count: __, attachments, ...kept } = cell
  const type = change.cellType ?? cell.cell_type
  // Only text has pictures of its own.
  const rest = attachments === undefined || type === 'code' ? kept : { ...kept, attachments }
  return { ...rest, cell_type: type, source: toLines(requireSource(change)), ...resultsOf(type) }
}

/** What it came to was what it said before. */
function resultsOf(type: string): Pick<Cell, 'outputs' | 'execution_count'> {
  return type === 'code' ? { execution_count: null, outputs: [] } : {}
}

function toLines(source: string): string[] {
  return source === '' ? [] : source.split(/(?<=\n)/)
}

function indentOf(text: string): string {
  return /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? ''
}
