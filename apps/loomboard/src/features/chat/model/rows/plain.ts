/** Markdown without its marks, about as it is read. */
export function toPlain(markdown: string): string {
  return markdown
    .replace(/^[ \t]*(?:```|~~~).*$/gm, '')
    .replace(/^ {0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+/gm, '')
    .replace(/!?\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replace(/\*{1,3}|~~|`+/g, '')
    .replace(/(?<!\w)_{1,3}|_{1,3}(?!\w)/g, '')
}

/** More is not read out. */
const spokenChars = 20_000

/** As somebody would read it out: what is meant for the eye alone is named, not spelled. */
export function toSpoken(markdown: string): string {
  const told = markdown
    .slice(0, spokenChars)
    .replace(/^[ \t]*(```|~~~).*\r?\n[\s\S]*?(?:^[ \t]*\1.*$|$(?![\s\S]))/gm, 'Code block.')
    .split('\n')
    .map(spokenRow)
    .join('\n')
    .replace(/https?:\/\/[^\s)\]]+/g, (url) => URL.parse(url)?.hostname ?? '')
  return toPlain(told).replace(/\s+/g, ' ').trim()
}

/** A row of a table is its cells; the line below its head is nothing. */
function spokenRow(line: string): string {
  const row = line.trim()
  if (row.includes('|') && /^[|:\-\s]+$/.test(row)) return ''
  if (row.length < 2 || !row.startsWith('|') || !row.endsWith('|')) return line
  const cells = row.slice(1, -1).split('|')
  return `${cells.map((cell) => cell.trim()).join(', ')}.`
}
