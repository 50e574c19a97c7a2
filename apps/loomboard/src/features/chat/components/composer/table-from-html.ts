/** Larger ones go as the plain text that came with them. */
const mostCells = 5000
const mostColumns = 40

/** A Markdown table of HTML that is one table and nothing else, as spreadsheets copy; undefined for everything else. */
export function tableFromHtml(html: string): string | undefined {
  if (!/<table[\s>]/i.test(html)) return undefined
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const tables = body.querySelectorAll('table')
  const [table] = tables
  if (!table || tables.length > 1 || wordsOf(body) !== wordsOf(table)) return undefined
  const rows = [...table.rows].map(cellsOf).filter((row) => row.some((cell) => cell !== ''))
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0)
  if (rows.length < 2 || columns < 2 || columns > mostColumns || rows.length * columns > mostCells) return undefined
  const lines = rows.map((row) => toLine(Array.from({ length: columns }, (_, i) => row[i] ?? '')))
  lines.splice(1, 0, toLine(Array.from({ length: columns }, () => '---')))
  return lines.join('\n')
}

function cellsOf(row: HTMLTableRowElement): string[] {
  return [...row.cells].flatMap((cell) => {
    for (const end of cell.querySelectorAll('br, p, div')) end.after(' ')
    const text = wordsOf(cell).replace(/[\\|]/g, '\\$&')
    return [text, ...Array.from({ length: Math.min(cell.colSpan, mostColumns) - 1 }, () => '')]
  })
}

/** Styles and comments are no words. */
function wordsOf(element: Element): string {
  for (const style of element.querySelectorAll('style, script')) style.remove()
  return element.textContent.replace(/\s+/g, ' ').trim()
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
