/** What is changed as a whole: a paragraph, a heading, a list item, a table row; of a fence, a line. */
export interface Block {
  /** With its line end, also where the text ends without one. */
  text: string
  inFence: boolean
}

export interface Blocks {
  blocks: readonly Block[]
  /** How its lines end. */
  eol: string
  /** The last line has an end of its own. */
  isEnded: boolean
}

const afterLine = /(?<=\n)/
const blank = /^[\s>]*$/
const fence = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})/
const starts = /^[\s>]*(?:#{1,6}(?:\s|$)|[-*+]\s|\d{1,9}[.)]\s|\|)/
const alone = /^[\s>]*(?:#{1,6}(?:\s|$)|\|)/
const delimiterRow = /^[\s>|]*:?-+:?[ \t]*\|[-:|\s]*$/

/** A Markdown text, block by block; together they are the text. */
export function toBlocks(text: string): Blocks {
  const isEnded = text.endsWith('\n')
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text === '' ? [] : (isEnded ? text : text + eol).split(afterLine)
  const blocks: Block[] = []
  let open: string | undefined
  let lead: string[] = []
  const close = () => {
    // A table may do without bars at the edges; its rows are still rows.
    const parts = lead.some((line) => delimiterRow.test(line)) ? lead : lead.length > 0 ? [lead.join('')] : []
    for (const part of parts) blocks.push({ text: part, inFence: false })
    lead = []
  }
  for (const line of lines) {
    const mark = fence.exec(line)?.[1]
    if (open !== undefined) {
      blocks.push({ text: line, inFence: true })
      if (mark?.startsWith(open) && line.trim().replaceAll('>', '').trim() === mark) open = undefined
      continue
    }
    if (mark !== undefined) {
      close()
      open = mark
      blocks.push({ text: line, inFence: true })
    } else if (blank.test(line)) {
      close()
      blocks.push({ text: line, inFence: false })
    } else {
      if (starts.test(line)) close()
      lead.push(line)
      if (alone.test(line)) close()
    }
  }
  close()
  return { blocks, eol, isEnded }
}
