import { UnreadableFileError } from './attachment.ts'
import { unzip } from './unzip.ts'

/** The text of a Word document as Markdown: headings, lists and tables stay recognisable. */
export async function readDocx(data: ArrayBuffer): Promise<string> {
  const body = await unzip(data, 'word/document.xml')
  if (!body) throw new UnreadableFileError('There is no Word document in it.')
  return documentText(new TextDecoder().decode(body))
}

/** Read as a stream of tags: no XML parser that would resolve anything is near it. */
export function documentText(xml: string): string {
  const blocks: string[] = []
  let line = ''
  let prefix = ''
  let row: string[] | undefined
  let cell: string[] = []
  for (const [, closing, tag, attributes = '', text] of xml.matchAll(/<(\/?)w:(\w+)((?:[^\w<>][^<>]*)?)>([^<]*)/g)) {
    if (closing) {
      if (tag === 'p') {
        if (row) cell.push(line.trim())
        else if (line.trim() || blocks.at(-1) !== '') blocks.push(line.trim() && prefix + line.trim())
        line = prefix = ''
      } else if (tag === 'tc' && row) {
        row.push(cell.join(' ').trim())
        cell = []
      } else if (tag === 'tr' && row) {
        blocks.push(`| ${row.join(' | ')} |`)
        row = undefined
      }
    } else if (tag === 't') line += decode(text ?? '')
    else if (tag === 'tab') line += '\t'
    else if (tag === 'br' || tag === 'cr') line += '\n'
    else if (tag === 'tr') row = []
    else if (tag === 'numPr') prefix ||= '- '
    else if (tag === 'pStyle') {
      const level = /w:val="(?:Heading|heading)(\d)"/.exec(attributes)?.[1]
      if (level) prefix = `${'#'.repeat(Number(level))} `
      else if (/w:val="Title"/.test(attributes)) prefix = '# '
    }
  }
  return blocks
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
