const most = 2000

/** A table that somebody has copied in a browser or a spreadsheet, as a table in Markdown; undefined where it is none. */
export function pastedTable({ html, text }: { html: string; text: string }): string | undefined {
  const rows = fromHtml(html) ?? fromTabs(text)
  return rows ? toTable(rows) : undefined
}

/** Only where the table is all there is. */
function fromHtml(html: string): string[][] | undefined {
  if (!/<table[\s>]/i.test(html)) return undefined
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const tables = body.querySelectorAll('table')
  const [table] = tables
  if (tables.length !== 1 || !table) return undefined
  const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim()
  if (words(body) !== words(table)) return undefined
  return [...table.rows].slice(0, most).map((row) => [...row.cells].map(words))
}

function fromTabs(text: string): string[][] | undefined {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  while (lines.at(-1) === '') lines.pop()
  const rows = lines.map((line) => line.split('\t'))
  const width = rows[0]?.length ?? 0
  return width > 1 && rows.length > 1 && rows.length <= most && rows.every((row) => row.length === width)
    ? rows
    : undefined
}

function toTable(rows: readonly (readonly string[])[]): string | undefined {
  const width = Math.max(...rows.map((row) => row.length))
  if (rows.length === 0 || width < 1) return undefined
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, i) => asCell(cells[i] ?? '')).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n')
}

const asCell = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ').trim()
