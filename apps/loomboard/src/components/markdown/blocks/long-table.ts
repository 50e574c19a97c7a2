/** Shorter tables are parsed whole. */
const longTable = 1200
const rowsAPart = 5

const delimiterRow = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/

export interface TableParts {
  head: string
  /** Each is a table of its own: the head again, and so many rows. All but the last are final. */
  parts: string[]
  rows: number
}

/** The parts of a block that is one long table; undefined for everything else. */
export function cutTable(text: string): TableParts | undefined {
  if (text.length < longTable) return undefined
  const lines = text.trimEnd().split('\n')
  const [header = '', delimiter = ''] = lines
  if (!header.includes('|') || !delimiter.includes('|') || !delimiterRow.test(delimiter)) return undefined
  const head = `${header}\n${delimiter}`
  const rows = lines.slice(2)
  const parts: string[] = []
  for (let from = 0; from < rows.length; from += rowsAPart)
    parts.push(`${head}\n${rows.slice(from, from + rowsAPart).join('\n')}`)
  return { head, parts, rows: rows.length }
}
