import type { Column } from './columns.ts'

/** In rem. */
const [narrowest, widest] = [4, 60]

/** The columns as wide as somebody has made them. */
export function withWidths(columns: readonly Column[], widths: readonly string[] = []): Column[] {
  const known = new Map(widths.flatMap(parse))
  return columns.map((column) => ({ ...column, width: known.get(column.key) ?? column.width }))
}

/** What is kept once a column is that wide. */
export function setWidth(widths: readonly string[] = [], key: string, width: number): string[] {
  const others = widths.filter((each) => parse(each)[0]?.[0] !== key)
  return [...others, `${key}:${fitting(width)}`]
}

/** Names of fields may have colons. */
function parse(text: string): [string, number][] {
  const at = text.lastIndexOf(':')
  const width = Number(text.slice(at + 1))
  return at > 0 && text.length > at + 1 && Number.isFinite(width) ? [[text.slice(0, at), fitting(width)]] : []
}

export function fitting(width: number): number {
  return Math.min(Math.max(Math.round(width * 4) / 4, narrowest), widest)
}
