import { equation } from './equation.ts'
import type { LeftOut } from './left-out.ts'
import type { NextMark } from './numbering.ts'
import type { Style } from './styles.ts'
import { symbol } from './symbols.ts'
import { childOf, descendants, type Element, elementsIn, isElement } from './xml.ts'

/** Writes what a document says as lines of Markdown, and remembers what it cites and what it leaves out. */
export class MarkdownWriter {
  /** Ids in the order of their places in the text. */
  readonly cited = { footnote: new Set<string>(), endnote: new Set<string>(), comment: new Set<string>() }
  /** What stands in boxes beside a paragraph, until it is written. */
  private boxes: string[] = []

  private readonly styleOf: (id: string) => Style
  private readonly nextMark: NextMark
  private readonly targets: ReadonlyMap<string, string>
  private readonly leftOut: LeftOut

  constructor(
    styleOf: (id: string) => Style,
    nextMark: NextMark,
    targets: ReadonlyMap<string, string>,
    leftOut: LeftOut,
  ) {
    this.styleOf = styleOf
    this.nextMark = nextMark
    this.targets = targets
    this.leftOut = leftOut
  }

  blocks(container: Element): string[] {
    const lines: string[] = []
    for (const element of elementsIn(container)) {
      const more = this.block(element)
      // Of empty lines one is enough.
      if (more.length === 1 && more[0] === '' && lines.at(-1) === '') continue
      for (const line of more) lines.push(line)
    }
    return lines
  }

  private block(element: Element): string[] {
    switch (element.name) {
      case 'w:p':
        return this.paragraph(element)
      case 'w:tbl':
        return this.rows(element).map((cells) => `| ${cells.join(' | ')} |`)
      case 'w:altChunk':
        this.leftOut.count('document inside it', 'documents inside it')
        return []
      case 'w:del':
      case 'w:moveFrom':
        this.leftOut.deletion()
        return []
      case 'mc:AlternateContent':
        return this.blocks(alternative(element))
      case 'm:oMathPara':
      case 'm:oMath':
        return [equation(element)]
      default:
        return element.name.endsWith('Pr') ? [] : this.blocks(element)
    }
  }

  private paragraph(element: Element): string[] {
    const properties = childOf(element, 'w:pPr')
    const style = this.styleOf(childOf(properties, 'w:pStyle')?.attributes['w:val'] ?? '')
    const text = this.inline(element).trim()
    const boxes = this.boxes.splice(0)
    return text === '' && boxes.length > 0 ? boxes : [text && this.mark(properties, style) + text, ...boxes]
  }

  private mark(properties: Element | undefined, { heading, numbers }: Style): string {
    const own = childOf(properties, 'w:numPr')
    const value = (name: string) => (childOf(own, name) ?? childOf(numbers, name))?.attributes['w:val']
    const list = own || numbers ? (value('w:numId') ?? '') : '0'
    const number = list === '0' ? '' : this.nextMark(list, Number(value('w:ilvl') ?? (heading || 1) - 1))
    if (heading === 0) return number
    return `${'#'.repeat(heading)} ${number.trim() === '-' ? '' : number.trimStart()}`
  }

  /** Rows and cells may be wrapped in whatever marks them. */
  private rows(table: Element): string[][] {
    return [...descendants(table, 'w:tr')]
      .filter((row) => !childOf(childOf(row, 'w:trPr'), 'w:del'))
      .map((row) => [...descendants(row, 'w:tc')].map((cell) => this.cell(cell)))
  }

  private cell(cell: Element): string {
    const parts = elementsIn(cell).flatMap((element) =>
      element.name === 'w:tbl' ? [this.nested(element)] : this.block(element).map((line) => line.replaceAll('\n', ' ')),
    )
    return parts.filter(Boolean).join(' ').trim()
  }

  /** A table in a cell, in its line. */
  private nested(table: Element): string {
    const rows = this.rows(table).map((cells) => cells.join(', '))
    return `[${rows.join('; ')}]`
  }

  private inline(element: Element): string {
    return elementsIn(element)
      .map((child) => this.piece(child))
      .join('')
  }

  private piece(element: Element): string {
    const { name, attributes } = element
    switch (name) {
      case 'w:t':
        return element.children.filter((child) => !isElement(child)).join('')
      case 'w:tab':
      case 'w:ptab':
        return '\t'
      case 'w:br':
      case 'w:cr':
        return '\n'
      case 'w:noBreakHyphen':
        return '\u2011'
      case 'w:sym':
        return this.symbol(attributes['w:font'] ?? '', attributes['w:char'] ?? '')
      case 'w:footnoteReference':
        return this.cite('footnote', attributes)
      case 'w:endnoteReference':
        return this.cite('endnote', attributes)
      case 'w:commentReference':
        return this.cite('comment', attributes)
      case 'w:hyperlink':
        return this.link(element)
      case 'w:ruby':
        return this.ruby(element)
      case 'w:ffData':
        return chosen(element)
      case 'm:oMath':
      case 'm:oMathPara':
        return equation(element)
      case 'w:txbxContent':
        for (const line of this.blocks(element)) if (line) this.boxes.push(line)
        return ''
      case 'mc:AlternateContent':
        return this.inline(alternative(element))
      case 'v:textpath':
        return attributes.string ?? ''
      case 'a:blip':
      case 'v:imagedata':
        this.leftOut.count('picture', 'pictures')
        return ''
      case 'c:chart':
        this.leftOut.count('chart', 'charts')
        return ''
      case 'dgm:relIds':
        this.leftOut.count('diagram', 'diagrams')
        return ''
      case 'o:OLEObject':
        this.leftOut.count('embedded object', 'embedded objects')
        return ''
      case 'wp:docPr':
        return attributes.descr ? `[picture: ${attributes.descr.trim()}]` : ''
      case 'w:del':
      case 'w:moveFrom':
        this.leftOut.deletion()
        return ''
      case 'w:instrText':
      case 'w:delText':
      case 'w:rt':
        return ''
      default:
        return name.endsWith('Pr') ? '' : this.inline(element)
    }
  }

  private symbol(font: string, code: string): string {
    const letter = symbol(font, code)
    if (letter === undefined) this.leftOut.count('symbol of a font of its own', 'symbols of fonts of their own')
    return letter ?? '\ufffd'
  }

  private cite(kind: keyof MarkdownWriter['cited'], { 'w:id': id = '' }: Element['attributes']): string {
    const cited = this.cited[kind].add(id)
    return `[^${letters[kind]}${[...cited].indexOf(id) + 1}]`
  }

  /** What a document cites of this kind, in the order in which it does; a note may cite others. */
  notes(kind: keyof MarkdownWriter['cited'], notes: ReadonlyMap<string, Element>): string[] {
    const lines: string[] = []
    let number = 0
    for (const id of this.cited[kind]) {
      const note = notes.get(id)
      const author = note?.attributes['w:author']
      const text = note ? this.blocks(note).filter(Boolean).join('\n  ') : ''
      lines.push(`[^${letters[kind]}${++number}]: ${author ? `(${author}) ` : ''}${text}`)
    }
    return lines
  }

  private link(element: Element): string {
    const text = this.inline(element)
    const target = this.targets.get(element.attributes['r:id'] ?? '') ?? ''
    return /^(?:https?|mailto):/.test(target) && !target.endsWith(text) ? `[${text}](${target})` : text
  }

  private ruby(element: Element): string {
    const base = childOf(element, 'w:rubyBase')
    const above = childOf(element, 'w:rt')
    return `${base ? this.inline(base) : ''}${above ? `(${this.inline(above)})` : ''}`
  }

  /** What stands at the ends of every page; a number alone says nothing. */
  pageEnds(where: string, ends: readonly Element[]): string[] {
    const texts = ends.map((end) => this.blocks(end).filter(Boolean).join(' ')).filter((text) => /\p{L}/u.test(text))
    return [...new Set(texts)].map((text) => `[${where}] ${text}`)
  }
}

/** The same is there twice, for programs that know more and for those that know less: the first that says something. */
function alternative(element: Element): Element {
  const saysSomething = (branch: Element) =>
    ['w:t', 'm:t'].some((name) => descendants(branch, name).next().done === false)
  return elementsIn(element).find(saysSomething) ?? elementsIn(element)[0] ?? element
}

const letters = { footnote: '', endnote: 'e', comment: 'c' }

/** A box that is ticked or not, or what was chosen from a list: of forms as they were before content controls. */
function chosen(data: Element): string {
  const value = (element: Element | undefined, name: string) => childOf(element, name)?.attributes['w:val']
  const box = childOf(data, 'w:checkBox')
  if (box) {
    const ticked = childOf(box, 'w:checked') ?? childOf(box, 'w:default')
    return ticked && !/^(?:0|false|off)$/.test(ticked.attributes['w:val'] ?? '1') ? '☒' : '☐'
  }
  const list = childOf(data, 'w:ddList')
  const entries = list ? elementsIn(list).filter(({ name }) => name === 'w:listEntry') : []
  return entries[Number(value(list, 'w:result') ?? 0)]?.attributes['w:val'] ?? ''
}
