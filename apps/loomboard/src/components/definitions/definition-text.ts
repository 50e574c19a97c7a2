import {
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml'

export type Definition = Readonly<Record<string, unknown>>

export interface TextProblem {
  /** Counted from 1; 0 where it is about no line. */
  line: number
  message: string
}

/** The same with its members in order of name, so that what says the same is written the same. */
export function inOrder(definition: Definition): Definition {
  return Object.fromEntries(
    Object.entries(definition)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, isMembers(value) ? inOrder(value) : value]),
  )
}

function isMembers(value: unknown): value is Definition {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** What a text in YAML says, or why it says nothing. */
export type ReadText =
  | { definition: Definition; problem?: undefined }
  | { definition?: undefined; problem: TextProblem }

// Lines are as long as they were written.
const written = { lineWidth: 0, minContentWidth: 0, flowCollectionPadding: false } as const

export function toText(definition: Definition): string {
  const said = Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined))
  return Object.keys(said).length === 0 ? '' : new Document(said, { aliasDuplicateObjects: false }).toString(written)
}

export function readText(text: string): ReadText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) return { problem: { line: lines.linePos(error.pos[0]).line, message: sentence(error.message) } }
  if (document.contents === null || isNothing(document.contents)) return { definition: {} }
  if (!isMap(document.contents)) {
    return { problem: { line: 1, message: 'It is written as lines of the form `name: value`.' } }
  }
  const endless = findEndless(document)
  if (endless) {
    const line = lines.linePos(endless.at).line
    return { problem: { line, message: `*${endless.source} stands in what it stands for, and has no end.` } }
  }
  try {
    return { definition: document.toJS({ maxAliasCount: 100 }) as Definition }
  } catch (error) {
    return { problem: { line: 0, message: sentence(error instanceof Error ? error.message : String(error)) } }
  }
}

/** The text with one value in it changed, or taken out where it is undefined; all the rest stays as it was written. */
export function withValue(text: string, path: readonly string[], value: unknown): string {
  return withValues(text, [[path, value]])
}

/** The same with several; items of lists have their number, from 0, in the path. */
export function withValues(
  text: string,
  changes: readonly (readonly [path: readonly string[], value: unknown])[],
): string {
  return edited(text, (document) => {
    for (const [path, value] of changes) {
      if (value === undefined) take(document, path)
      else put(document, path, value)
    }
  })
}

/** The text with one more item at the end of a list. */
export function withItem(text: string, path: readonly string[], value: unknown): string {
  return edited(text, (document) => {
    if (!isSeq(document.getIn(path, true))) put(document, path, new YAMLSeq())
    document.addIn(path, document.createNode(value))
  })
}

/** The text without these items of lists. */
export function withoutItems(text: string, list: readonly string[], numbers: readonly number[]): string {
  return edited(text, (document) => {
    for (const at of [...numbers].sort((a, b) => b - a)) document.deleteIn([...list, at])
  })
}

/** The text with an item of a list in the place of another, which makes room. */
export function withItemMoved(text: string, list: readonly string[], from: number, to: number): string {
  return edited(text, (document) => {
    const items = document.getIn(list, true)
    if (!isSeq(items)) return
    // What is written above the first item is the list’s own for the parser.
    const [first] = items.items
    if (isNode(first) && items.commentBefore) {
      first.commentBefore = items.commentBefore
      items.commentBefore = null
    }
    items.items.splice(to, 0, ...items.items.splice(from, 1))
  })
}

function edited(text: string, edit: (document: Document) => void): string {
  const document = editedDocument(parseDocument(text), edit)
  if (isMap(document.contents) && document.contents.items.length === 0 && !hasComments(document)) return ''
  return document.toString(written)
}

/** With its aliases as they are, unless one would lose what it stands for, or say something else than before. */
function editedDocument(document: Document, edit: (document: Document) => void): Document {
  if (!isMap(document.contents)) document.contents = new YAMLMap()
  if (!hasAliases(document)) {
    edit(document)
    return document
  }
  const plain = writtenOut(document.clone())
  edit(document)
  edit(plain)
  return hasAllItNames(document) && JSON.stringify(document) === JSON.stringify(plain) ? document : plain
}

function hasAliases(document: Document): boolean {
  let found = false
  visit(document, {
    Alias() {
      found = true
      return visit.BREAK
    },
  })
  return found
}

function hasAllItNames(document: Document): boolean {
  let hasAll = true
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document)) hasAll = false
    },
  })
  return hasAll
}

/** What every alias stands for, in its place. */
function writtenOut(document: Document): Document {
  visit(document, { Alias: (_, alias) => alias.resolve(document)?.clone() as Scalar | undefined })
  visit(document, {
    Value(_, node) {
      delete node.anchor
    },
  })
  return document
}

/** An alias within what it stands for. */
function findEndless(document: Document.Parsed): { source: string; at: number } | undefined {
  let found: { source: string; at: number } | undefined
  visit(document, {
    Alias(_, alias, above) {
      const of = alias.resolve(document)
      if (!of || !above.some((one) => one === of)) return undefined
      found = { source: alias.source, at: alias.range?.[0] ?? 0 }
      return visit.BREAK
    },
  })
  return found
}

function put(document: Document, path: readonly string[], value: unknown): void {
  for (let depth = 1; depth < path.length; depth++) {
    const above = path.slice(0, depth)
    // What stands there instead of members, such as an alias or a word, cannot have any.
    if (!takes(document.getIn(above, true), path[depth]!))
      document.setIn(above, document.createNode(membersAt(document, above)))
  }
  const node = document.getIn(path, true)
  if (
    node instanceof Scalar &&
    (typeof value !== 'string' || !value.includes('\n')) &&
    typeof node.value === typeof value
  ) {
    node.value = value
    return
  }
  document.setIn(path, document.createNode(value))
}

/** Members by their names, items by their numbers. */
function takes(node: unknown, key: string): boolean {
  return isMap(node) || (isSeq(node) && /^\d+$/.test(key) && Number(key) <= node.items.length)
}

/** The members that stand there by way of an alias, as ones of its own. */
function membersAt(document: Document, path: readonly string[]): Record<string, unknown> {
  let at: unknown = document.toJS()
  for (const key of path) at = (at as Record<string, unknown> | undefined)?.[key]
  return at && typeof at === 'object' && !Array.isArray(at) ? (at as Record<string, unknown>) : {}
}

/** Takes a value out, and what is left empty by that. */
function take(document: Document, path: readonly string[]): void {
  if (!document.hasIn(path)) return
  const above = path.slice(0, -1)
  const members = above.length > 0 ? document.getIn(above, true) : document.contents
  if (isMap(members)) leaveComment(members, path.at(-1)!)
  document.deleteIn(path)
  if (above.length > 0 && isMap(members) && members.items.length === 0) take(document, above)
}

/** What somebody wrote above a value that goes stands above what comes after it. */
function leaveComment(members: YAMLMap, name: string): void {
  const at = members.items.findIndex(({ key }) => isScalar(key) && String(key.value) === name)
  const key = members.items[at]?.key
  if (!isScalar(key) || !key.commentBefore) return
  const next = members.items[at + 1]?.key
  if (isScalar(next)) next.commentBefore = [key.commentBefore, next.commentBefore].filter(Boolean).join('\n')
  else members.comment = [key.commentBefore, members.comment].filter(Boolean).join('\n')
}

function hasComments(document: Document): boolean {
  if (document.comment || document.commentBefore) return true
  let found = false
  visit(document, {
    Node(_, node) {
      if (!node.comment && !node.commentBefore) return undefined
      found = true
      return visit.BREAK
    },
  })
  return found
}

function isNothing(contents: unknown): boolean {
  return contents instanceof Scalar && contents.value === null
}

/** A parser's words as one sentence. */
function sentence(message: string): string {
  const [line = ''] = message.split('\n')
  return /[.!?]$/.test(line) ? line : `${line}.`
}
