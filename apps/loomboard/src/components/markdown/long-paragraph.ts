/** Shorter paragraphs are parsed whole. */
const longParagraph = 1500
const leastPiece = 600
/** Where no cut is found in this stretch, something long is open: better to wait than to cut through it. */
const furthest = 3000

const notAParagraph = /^ {0,3}(?:[-*+>#|<]|\d{1,9}[.)]|\[\^?[^\]]+\]:|(?:[-*_][ \t]*){3,}$)|^(?: {4}|\t)/
/** The end of a clause before a word: a word begins no list, heading, quote or table. */
const cutPoint = /[.!?,;:…)”"][ \n](?=\p{L})/gu

/** Whether a block is one long paragraph and nothing else. */
export function isLongParagraph(text: string): boolean {
  return text.length > longParagraph && !notAParagraph.test(text) && !/\n[ \t]*(?:\||[-=]+[ \t]*(?:\n|$))/.test(text)
}

/**
 * Cuts a growing paragraph into pieces that parse by themselves: at the end of a clause where no mark is open. What is
 * cut stays cut, so that only the last piece is ever parsed again.
 */
export class ParagraphCutter {
  readonly pieces: { start: number; text: string }[] = []
  private text = ''
  private from = 0

  update(text: string): void {
    if (!text.startsWith(this.text.slice(0, this.from))) {
      this.pieces.length = 0
      this.from = 0
    }
    this.text = text
    while (text.length - this.from > leastPiece) {
      const end = this.findCut()
      if (end === undefined) return
      this.pieces.push({ start: this.from, text: text.slice(this.from, end) })
      this.from = end
    }
  }

  get rest(): { start: number; text: string } {
    return { start: this.from, text: this.text.slice(this.from) }
  }

  private findCut(): number | undefined {
    cutPoint.lastIndex = this.from + leastPiece
    for (let match = cutPoint.exec(this.text); match; match = cutPoint.exec(this.text)) {
      const end = match.index + match[0].length
      if (end - this.from > furthest) return undefined
      if (isBalanced(this.text.slice(this.from, end))) return end
    }
    return undefined
  }
}

/** Whether nothing that could be closed later is open. */
function isBalanced(piece: string): boolean {
  const counts = new Map<string, number>()
  for (const [mark] of piece.matchAll(/[`*_~$[\]<>\\]/g)) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  const even = [...'`*_~$'].every((mark) => (counts.get(mark) ?? 0) % 2 === 0)
  return even && counts.get('[') === counts.get(']') && !counts.has('<') && !counts.has('\\')
}
