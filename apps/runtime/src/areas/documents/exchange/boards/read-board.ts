import { jsonTooDeep } from '@loomcycle/proto'
import { inSlices } from '../../../../ground/in-slices.ts'
import { readLongJson } from '../../../../ground/json.ts'
import { scanJson } from '../../../../ground/json-scan.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { isMembers } from '../content-said.ts'
import type { BoardRead } from './board-read.ts'
import { readCsv } from './csv.ts'
import { readFocalboard } from './focalboard.ts'
import { fromTable } from './from-table.ts'
import { githubProjects, layoutOf, linear } from './layouts.ts'
import { mostCards, mostComments, requireFew } from './limits.ts'
import { readMarkdownLists } from './markdown-lists.ts'
import { type BoardFormat, formatOf } from './recognise.ts'
import { readTrello } from './trello.ts'
import { readVibeKanban } from './vibe-kanban.ts'

export interface BoardFile {
  name: string
  text: string
}

export interface BoardWish {
  format: BoardFormat | undefined
  files: readonly BoardFile[]
  /** Which one, where there are several. */
  board: string | undefined
  titleColumn: string | undefined
  statusColumn: string | undefined
  archived: boolean
}

const mostValues = 400_000

/** The board in files that another program wrote; refused in words where it is none. */
export async function readBoard(wish: BoardWish): Promise<{ format: BoardFormat; board: BoardRead }> {
  const main = mainFile(wish.files)
  const format = wish.format ?? formatOf(main.text)
  const board = await read(format, main, wish)
  requireFew(board.cards.length, mostCards, 'cards')
  requireFew(
    board.cards.reduce((sum, { comments }) => sum + comments.length, 0),
    mostComments,
    'comments',
  )
  if (board.cards.length === 0 && board.columns.length === 0)
    throw new ToolError('there is neither a card nor a column in it')
  return { format, board }
}

/** Of an archive, the one that has the cards. */
function mainFile(files: readonly BoardFile[]): BoardFile {
  const [first] = files
  if (!first) throw new ToolError('give the text of a board, or the files of its archive')
  return files.find(({ name }) => /(?:^|\/)(?:board\.jsonl|issues\.csv)$/i.test(name)) ?? first
}

async function read(format: BoardFormat, main: BoardFile, wish: BoardWish): Promise<BoardRead> {
  switch (format) {
    case 'trello':
      return inSlices(readTrello(await inSlices(jsonOf(main.text)), wish))
    case 'focalboard':
      return inSlices(readFocalboard(linesIn(wish.files, main), wish.board))
    case 'markdown_lists':
      return inSlices(readMarkdownLists(main.text, wish))
    case 'vibe_kanban':
      return inSlices(readVibeKanban(await tablesOf(wish.files, main)))
    case 'github_projects': {
      const board = await inSlices(fromTable(await readCsv(main.text), githubProjects))
      board.leftOut.mention('texts and comments of issues', 'a view of a project is exported without them')
      return board
    }
    case 'linear': {
      const board = await inSlices(fromTable(await readCsv(main.text), linear))
      board.leftOut.mention('comments', 'Linear exports issues without them')
      return board
    }
    case 'csv': {
      const table = await readCsv(main.text)
      const said = {
        ...(wish.titleColumn === undefined ? {} : { title: wish.titleColumn }),
        ...(wish.statusColumn === undefined ? {} : { status: wish.statusColumn }),
      }
      return inSlices(fromTable(table, layoutOf(table.header, said)))
    }
  }
}

/** An archive has a file for each of its boards. */
function linesIn(files: readonly BoardFile[], main: BoardFile): string {
  const boards = files.filter(({ name }) => /(?:^|\/)board\.jsonl$/i.test(name))
  return boards.length === 0 ? main.text : boards.map(({ text }) => text).join('\n')
}

async function tablesOf(files: readonly BoardFile[], main: BoardFile) {
  const tables = new Map([['issues.csv', await readCsv(main.text)]])
  for (const { name, text } of files) {
    const file = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
    if (file.endsWith('.csv') && !tables.has(file)) tables.set(file, await readCsv(text))
  }
  return tables
}

function* jsonOf(text: string): Generator<unknown, Record<string, unknown>> {
  const json = text.replace(/^\uFEFF/, '')
  const complaint = yield* scanJson(json, mostValues)
  if (complaint === 'too deep') throw new ToolError(jsonTooDeep)
  if (complaint) throw new ToolError(`the board holds more than ${mostValues} values; export a part of it`)
  let value: unknown
  try {
    value = yield* readLongJson(json)
  } catch (error) {
    throw new ToolError(`the board is not JSON: ${(error as Error).message}`)
  }
  if (isMembers(value) && Array.isArray(value.lists) && Array.isArray(value.cards)) return value
  throw new ToolError('a board of Trello is {"name": …, "lists": […], "cards": […]}')
}
