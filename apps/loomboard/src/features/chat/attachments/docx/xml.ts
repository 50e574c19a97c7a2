import { UnreadableFileError } from '../../../../lib/unreadable-file.ts'

/** An element by the prefix that is usual for its namespace, whatever its file calls it. */
export interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  children: (Element | string)[]
}

/** Read tag by tag: no XML parser that would resolve anything is near it. */
export function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] }
  const open: { element: Element; raw: string; prefixes: Prefixes }[] = [
    { element: root, raw: '', prefixes: new Map() },
  ]
  for (let at = 0; at < xml.length; ) {
    const top = open.at(-1)!
    const tag = xml.indexOf('<', at)
    const text = xml.slice(at, tag < 0 ? xml.length : tag)
    if (text !== '') top.element.children.push(decode(text))
    if (tag < 0) break
    const other =
      xml[tag + 1] === '!' || xml[tag + 1] === '?' ? others.find(([begin]) => xml.startsWith(begin, tag)) : undefined
    const end = other ? xml.indexOf(other[1], tag) : endOfTag(xml, tag)
    if (end < 0) break
    at = end + (other?.[1] ?? '>').length
    if (other?.[0] === '<![CDATA[') top.element.children.push(xml.slice(tag + 9, end))
    if (other) continue
    if (xml[tag + 1] === '/') {
      const raw = xml.slice(tag + 2, end).trim()
      const opened = open.findLastIndex((one) => one.raw === raw)
      if (opened > 0) open.length = opened
      continue
    }
    const isEmpty = xml[end - 1] === '/'
    const inside = xml.slice(tag + 1, isEmpty ? end - 1 : end)
    const raw = /^[^\s/>]*/.exec(inside)?.[0] ?? ''
    const given = attributesIn(inside.slice(raw.length))
    const prefixes = withDeclared(top.prefixes, given)
    const attributes = Object.fromEntries(given.map(([name, value]) => [usual(name, prefixes, true), value]))
    const element: Element = { name: usual(raw, prefixes), attributes, children: [] }
    if (!looks.has(element.name)) top.element.children.push(element)
    if (isEmpty) continue
    if (open.length > deepest) throw new UnreadableFileError('The document is nested too deeply to be read.')
    open.push({ element, raw, prefixes })
  }
  return root
}

/** How something looks, which is most of a document and says nothing. */
const looks = new Set([
  'w:rPr',
  'w:tblPr',
  'w:tcPr',
  'w:tblGrid',
  'w:sectPr',
  'w:proofErr',
  'w:bookmarkStart',
  'w:bookmarkEnd',
])

function attributesIn(text: string): (readonly [name: string, value: string])[] {
  if (!text.includes('=')) return []
  const found = text.matchAll(/(?<=\s)([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return [...found].map(([, name = '', double, single]) => [name, decode(double ?? single ?? '')] as const)
}

/** What stands in quotes may have it, too. */
function endOfTag(xml: string, from: number): number {
  let quote = ''
  for (let at = from; at < xml.length; at++) {
    const char = xml[at]!
    if (quote === '' && char === '>') return at
    if (quote === '' && (char === '"' || char === "'")) quote = char
    else if (char === quote) quote = ''
  }
  return -1
}

/** Whoever walks the tree goes as deep. */
const deepest = 400

/** What is no element: how it begins and ends. */
const others = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
] as const

type Prefixes = ReadonlyMap<string, string>

/** By the end of their names, which the two editions of the standard share but for a year. */
const namespaces: readonly [RegExp, string][] = [
  [/\/wordprocessingml\/(?:2006\/)?main$/, 'w'],
  [/\/officeDocument\/(?:2006\/)?math$/, 'm'],
  [/\/officeDocument\/(?:2006\/)?relationships$/, 'r'],
  [/\/markup-compatibility\/2006$/, 'mc'],
  [/\/drawingml\/(?:2006\/)?main$/, 'a'],
  [/\/drawingml\/(?:2006\/)?chart$/, 'c'],
  [/\/drawingml\/(?:2006\/)?diagram$/, 'dgm'],
  [/\/drawingml\/(?:2006\/)?wordprocessingDrawing$/, 'wp'],
  [/^urn:schemas-microsoft-com:vml$/, 'v'],
  [/^urn:schemas-microsoft-com:office:office$/, 'o'],
]

function withDeclared(before: Prefixes, attributes: readonly (readonly [string, string])[]): Prefixes {
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (declared.length === 0) return before
  const prefixes = new Map(before)
  for (const [name, uri] of declared) {
    const own = name.slice('xmlns:'.length)
    prefixes.set(own, namespaces.find(([pattern]) => pattern.test(uri))?.[1] ?? own)
  }
  return prefixes
}

function usual(raw: string, prefixes: Prefixes, isAttribute = false): string {
  const colon = raw.indexOf(':')
  const prefix = colon < 0 ? '' : raw.slice(0, colon)
  if (prefix === '' && isAttribute) return raw
  const known = prefixes.get(prefix) ?? prefix
  return known ? `${known}:${raw.slice(colon + 1)}` : raw
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

export const isElement = (child: Element | string): child is Element => typeof child !== 'string'

export function elementsIn(element: Element): Element[] {
  return element.children.filter(isElement)
}

export function childOf(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((child): child is Element => isElement(child) && child.name === name)
}

/** The elements of this name below, but not inside one another. */
export function* descendants(element: Element, name: string): Generator<Element> {
  for (const child of elementsIn(element)) {
    if (child.name === name) yield child
    else yield* descendants(child, name)
  }
}
