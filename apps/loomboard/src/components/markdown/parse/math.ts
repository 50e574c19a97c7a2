import { CodeSpans } from './code-spans.ts'

/** Mark a code span as mathematics; private characters, which no font and no model has a meaning for. */
export const inlineMath = '\u{E000}'
export const displayMath = '\u{E001}'

const anyMath = /\$|\\\(|\\\[/
const mayBegin = /[`~$\\]/g

/**
 * Mathematics as models write it (`$x$`, `$$x$$`, `\(x\)`, `\[x\]`), put into code so that Markdown leaves it alone.
 * Money stays money: a single dollar only counts around something that looks like a formula.
 */
export function fenceMath(text: string): string {
  return anyMath.test(text) ? new MathFencer(text).run() : text
}

/** Goes through a text once; whatever it looks ahead for, it remembers where that was. */
class MathFencer {
  private readonly text: string
  private readonly code: CodeSpans
  private readonly ahead = new Map<string, { from: number; place: number }>()
  private out = ''
  /** Up to here the text has been taken over. */
  private from = 0
  private lineStart = 0

  constructor(text: string) {
    this.text = text
    this.code = new CodeSpans(text)
  }

  run(): string {
    const { text } = this
    mayBegin.lastIndex = 0
    for (let match = mayBegin.exec(text); match; match = mayBegin.exec(text)) {
      const at = match.index
      for (let line = this.next('\n', this.lineStart); line < at; line = this.next('\n', this.lineStart))
        this.lineStart = line + 1
      mayBegin.lastIndex = this.take(match[0], at)
    }
    return this.out + text.slice(this.from)
  }

  /** Where to go on. Code comes first, so that what looks like mathematics inside it stays code. */
  private take(char: string, at: number): number {
    const { text } = this
    if (char === '`' || char === '~') return this.fenceEnd(at) ?? this.codeEnd(char, at)
    if (char === '\\') {
      if (text[at + 1] === '[') return this.display(at, '\\]')
      if (text[at + 1] === '(') return this.parens(at)
      return at + 1
    }
    return text[at + 1] === '$' && text[at + 2] !== '$' ? this.display(at, '$$') : this.dollar(at)
  }

  private fenceEnd(at: number): number | undefined {
    const { text, lineStart } = this
    fenceMark.lastIndex = at
    const [mark] = fenceMark.exec(text) ?? []
    if (!mark || text.slice(lineStart, at).trim() !== '') return undefined
    for (let line = text.indexOf('\n', at) + 1; line > 0; line = text.indexOf('\n', line) + 1) {
      const end = text.indexOf('\n', line)
      const closing = text.slice(line, end < 0 ? undefined : end).trim()
      if (closing.startsWith(mark) && /^[`~]+$/.test(closing)) return end < 0 ? text.length : end
    }
    return text.length
  }

  private codeEnd(char: string, at: number): number {
    return char === '~' ? at + 1 : (this.code.endOf(at) ?? at + this.code.runAt(at))
  }

  private display(at: number, close: string): number {
    const end = this.next(close, at + 3)
    const tex = this.text.slice(at + 2, end)
    // A dollar in between belongs to something else.
    if (end === never || (close === '$$' && this.next('$', at + 2) !== end)) return at + 2
    const before = this.text.slice(this.lineStart, at)
    const alone = before.trim() === '' && this.restOfLine(end + 2)
    return this.put(at, end + 2, alone ? fenced(tex, before) : codeSpan(displayMath + tex.trim()))
  }

  private parens(at: number): number {
    const end = this.next('\\)', at + 3)
    if (end === never || end > this.next('\n', at)) return at + 2
    return this.put(at, end + 2, codeSpan(inlineMath + this.text.slice(at + 2, end).trim()))
  }

  private dollar(at: number): number {
    const { text } = this
    const end = this.next('$', at + 1)
    if (end === at + 1 || end === never || end > this.next('\n', at) || /[\\$\w]/.test(text[at - 1] ?? ''))
      return at + 1
    const tex = text.slice(at + 1, end)
    if (/^\s|[\s\\]$/.test(tex) || /[\w$]/.test(text[end + 1] ?? '')) return at + 1
    return isFormula(tex) ? this.put(at, end + 1, codeSpan(inlineMath + tex)) : end + 1
  }

  private put(at: number, end: number, what: string): number {
    this.out += this.text.slice(this.from, at) + what
    this.from = end
    return end
  }

  private restOfLine(at: number): boolean {
    let end = at
    while (this.text[end] === ' ' || this.text[end] === '\t' || this.text[end] === '\r') end++
    return end >= this.text.length || this.text[end] === '\n'
  }

  /** The next place of these characters; `never` where there is none. Each stretch is searched once. */
  private next(what: string, at: number): number {
    const { from, place } = this.ahead.get(what) ?? { from: at, place: -1 }
    if (place >= at && from <= at) return place
    // A step back: only what lies between has not been searched.
    const near = from > at ? this.text.slice(at, from + what.length - 1).indexOf(what) : -1
    if (near >= 0) return at + near
    if (place >= at) return place
    const found = this.text.indexOf(what, at)
    const next = { from: at, place: found < 0 ? never : found }
    this.ahead.set(what, next)
    return next.place
  }
}

const never = Number.POSITIVE_INFINITY
const fenceMark = /`{3,}|~{3,}/y

function isFormula(tex: string): boolean {
  return /[\\^_={}<>+*/|!()]/.test(tex) || /^\p{L}{1,2}['′]?$/u.test(tex)
}

function fenced(tex: string, indent: string): string {
  const lines = tex.trim().split('\n')
  return `\`\`\`math\n${lines.map((line) => indent + line.trim()).join('\n')}\n${indent}\`\`\``
}

function codeSpan(content: string): string {
  let longest = 0
  for (const [run] of content.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  const ticks = '`'.repeat(longest + 1)
  const line = content
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ')
  return line.endsWith('`') ? `${ticks}${line} ${ticks}` : ticks + line + ticks
}
