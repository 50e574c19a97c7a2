/** Shorter paragraphs are parsed whole. */
const longParagraph = 1500
const leastPiece = 600
/** Where no cut is found in this stretch, something long is open: better to wait than to cut through it. */
const furthest = 3000

const notAParagraph = /^ {0,3}(?:[-*+>#|<]|\d{1,9}[.)]|\[\^?[^\]]+\]:|(?:[-*_][ \t]*){3,}$)|^(?: {4}|\t)/
/** The end of a clause or of a line before a word: a word begins no list, heading, quote or table. */
const cutPoint = /(?:[.!?,;:…)”"] |\n)(?=\p{L})/gu
/** Each line that ends in a break is laid out by itself: where they are shorter than this, there are too many to draw. */
const shortestLines = 10
/** Whether a line ends in a break is told by its length: where it goes on for this long, it may be cut. */
const restOfLine = 200
/** In a line with any of these, there is less to see than is written. */
const marks = /[*_`~$<[\\&]/

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
    const stretch = this.text.slice(this.from, this.from + furthest + 1)
    if (stretch.split('\n').length > stretch.length / shortestLines) return undefined
    const open = new OpenMarks(stretch)
    cutPoint.lastIndex = leastPiece
    for (let match = cutPoint.exec(stretch); match; match = cutPoint.exec(stretch)) {
      const end = match.index + match[0].length
      if (end > furthest || !open.advance(end)) return undefined
      if (open.isBalanced && (match[0] === '\n' ? endsPlainLine(stretch, match.index) : this.isFarFromEnd(end)))
        return this.from + end
    }
    return undefined
  }

  private isFarFromEnd(end: number): boolean {
    const ahead = this.text.slice(this.from + end, this.from + end + restOfLine)
    return ahead.length === restOfLine && !ahead.includes('\n')
  }
}

function endsPlainLine(text: string, end: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end)
  return !marks.test(line) && !/\s$/.test(line)
}

/** Counts what could still be closed later, going forwards. */
class OpenMarks {
  private readonly text: string
  private at = 0
  private readonly odd = new Set<string>()
  private brackets = 0

  constructor(text: string) {
    this.text = text
  }

  /** False where something stands before `end` that cannot be told from its start. */
  advance(end: number): boolean {
    for (; this.at < end; this.at++) {
      const mark = this.text[this.at]!
      if (mark === '<' || mark === '\\') return false
      if (mark === '[') this.brackets++
      else if (mark === ']') this.brackets--
      else if ('`*_~$'.includes(mark) && !this.odd.delete(mark)) this.odd.add(mark)
    }
    return true
  }

  get isBalanced(): boolean {
    return this.odd.size === 0 && this.brackets === 0
  }
}
