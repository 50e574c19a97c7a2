const mostLines = 100
const mostChars = 4000
const nearby = 200
/** Where to break a line takes the browser longer the longer it looks for a place. */
const mostUnbroken = 1000

/** Cuts a growing text into chunks of lines; what is cut stays cut, so that only the last chunk ever changes. */
export class TextChunker {
  readonly chunks: string[] = []
  private text = ''
  private from = 0
  private readonly mostUnbroken: number

  /** Lines that are not wrapped need not be cut so short. */
  constructor(wraps = true) {
    this.mostUnbroken = wraps ? mostUnbroken : mostChars
  }

  update(text: string): void {
    if (text.length < this.text.length || !text.startsWith(this.text.slice(-64), Math.max(this.text.length - 64, 0))) {
      this.chunks.length = 0
      this.from = 0
    }
    this.text = text
    for (let end = this.findEnd(); end !== undefined; end = this.findEnd()) {
      this.chunks.push(text.slice(this.from, end))
      this.from = end
    }
  }

  get rest(): string {
    return this.text.slice(this.from)
  }

  private findEnd(): number | undefined {
    const { from } = this
    // Nothing beyond it is looked at: a line may go on for millions.
    const text = this.text.slice(from, from + mostChars + 1)
    let end = 0
    for (let line = 0; line < mostLines; line++) {
      const next = text.indexOf('\n', end) + 1
      if (next === 0 || next > mostChars) break
      end = next
      if (line === mostLines - 1) return from + end
    }
    if (text.length <= mostChars) return undefined
    if (end > 0) return from + end
    // A line that long is cut where it is; not between the halves of a character.
    const space = text.lastIndexOf(' ')
    if (space > mostChars - nearby) return from + space + 1
    const cut = this.mostUnbroken
    return from + (/[\udc00-\udfff]/.test(text[cut] ?? '') ? cut + 1 : cut)
  }
}

/** As much of a text as anybody reads at once: where to cut it, or undefined where that would not be worth it. */
export function foldedLength(text: string, mostLines: number, mostChars: number): number | undefined {
  let end = -1
  for (let line = 0; line < mostLines; line++) {
    end = text.indexOf('\n', end + 1)
    if (end < 0 || end > mostChars) break
  }
  const cut = Math.min(end < 0 ? text.length : end, mostChars)
  return cut < text.length * 0.8 ? cut : undefined
}

/** How many lines there are, without making a list of them. */
export function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
