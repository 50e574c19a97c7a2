import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { cutText } from '@loomcycle/proto/wire'
import { CsvError, parse } from 'csv-parse'
import { nextSlice } from '../../../../ground/in-slices.ts'
import { ToolError } from '../../../../ground/tool-error.ts'
import { toTitle } from '../../chunks/chunk.ts'

/** What stands in the lines of a table, by the columns of its first line. */
export interface Table {
  header: string[]
  rows: string[][]
}

const mostRows = 20_000
const mostColumns = 200
const mostCells = 500_000
const pieceLength = 16 * 1024
const longestName = 200

/** Lines of values with commas, semicolons or tabs between them, of which the first one names the columns. */
export async function readCsv(text: string): Promise<Table> {
  const rows: string[][] = []
  let cells = 0
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 1024 * 1024,
  })
  try {
    await pipeline(Readable.from(pieces(text)), parser, async (records: AsyncIterable<string[]>) => {
      for await (const record of records) {
        cells += record.length
        if (rows.length > mostRows) throw new ToolError(`the table has more than ${mostRows} rows; import it in parts`)
        if (cells > mostCells) throw new ToolError(`the table has more than ${mostCells} cells; import it in parts`)
        rows.push(record.map(unguarded))
      }
    })
  } catch (error) {
    throw error instanceof CsvError ? new ToolError(`the table cannot be read: ${toTitle(error.message)}`) : error
  }
  const [first = [], ...rest] = rows
  if (first.length > mostColumns) {
    throw new ToolError(`the table has ${first.length} columns and may have ${mostColumns}`)
  }
  return { header: named(first), rows: rest }
}

async function* pieces(text: string) {
  for (let from = 0; from < text.length; from += pieceLength) {
    await nextSlice()
    yield text.slice(from, from + pieceLength)
  }
}

/** The one that is there most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const counts = new Map([',', '\t', ';'].map((delimiter) => [delimiter, 0]))
  let isQuoted = false
  for (const character of text.slice(0, pieceLength)) {
    if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && (character === '\n' || character === '\r')) break
    else if (!isQuoted) counts.set(character, (counts.get(character) ?? -1) + (counts.has(character) ? 1 : 0))
  }
  return [',', '\t', ';'].reduce((best, next) => (counts.get(next)! > counts.get(best)! ? next : best))
}

/** An apostrophe before what a spreadsheet would take for a formula is there for the spreadsheet alone. */
function unguarded(cell: string): string {
  return /^'[=+@\t\r-]/.test(cell) ? cell.slice(1) : cell
}

/** Each column by a name of its own. */
function named(first: readonly string[]): string[] {
  const taken = new Set<string>()
  return first.map((cell, i) => {
    const said = cutText(toTitle(cell), longestName - 10) || `column ${i + 1}`
    let name = said
    for (let n = 2; taken.has(name); n++) name = `${said} ${n}`
    taken.add(name)
    return name
  })
}
