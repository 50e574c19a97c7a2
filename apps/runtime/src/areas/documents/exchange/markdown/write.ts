import { type StoredChunk, toTitle } from '../../chunks/chunk.ts'
import { closedBody } from './closed-bodies.ts'
import { endOfFrontMatter, findHeadings } from './headings.ts'
import type { Markup } from './markup.ts'
import { type ChunkMetadata, metadataLine } from './metadata.ts'
import { columnsOfTheirOwn } from './places.ts'
import { trimBlank } from './read.ts'

export type WrittenChunk = Pick<
  StoredChunk,
  | 'id'
  | 'parent_id'
  | 'title'
  | 'type'
  | 'status'
  | 'rank'
  | 'body'
  | 'fields'
  | 'tags'
  | 'natural_key'
  | 'preamble'
  | 'markup'
>

/** A chunk with the level of its heading; deeper than 6 where no heading can say it. */
interface Seated {
  chunk: WrittenChunk
  level: number
  depth: number
}

const deepestHeading = 6
const startsWithMarks = /^ {0,3}#/

/**
 * A document as Markdown; `chunks` in order among siblings. What came from a file and has not been changed is written
 * as it stood there.
 */
export function* writeMarkdown(
  chunks: readonly WrittenChunk[],
  { metadata }: { metadata: boolean },
): Generator<unknown, string> {
  const root = chunks.find(({ parent_id }) => parent_id === '')
  const lineEnd = root?.markup?.heading.endsWith('\r\n') ? '\r\n' : '\n'
  const out = new Lines(lineEnd)
  const ranked = metadata ? yield* columnsOfTheirOwn(seatedChunks(chunks)) : new Set<string>()
  let above = ''
  for (const { chunk, level, depth } of inOrder(chunks)) {
    yield
    const { markup } = chunk
    const asItStood =
      markup !== null && markup.title === chunk.title && markup.level === level && markup.depth === depth
    const heading = asItStood ? markup.heading : newHeading(chunk.title, level, lineEnd)
    const isRead = asItStood && (yield* isReadBelow(heading, above))
    above = chunk.body
    if (!out.isEmpty) out.separate(isRead ? 'line' : 'blank')
    out.add(chunk.preamble)
    if (chunk.preamble !== '' && !asItStood) out.separate('blank')
    out.add(heading)
    if (!metadata) {
      out.addBody(chunk.body, markup)
      continue
    }
    // Other programs want it at the very start.
    const frontMatter = heading === '' ? chunk.body.slice(0, endOfFrontMatter(chunk.body)) : ''
    const body = chunk.body.slice(frontMatter.length)
    const closed = yield* closedWhereNeeded(heading, frontMatter, body, lineEnd)
    const title = (yield* titleIn(heading)) === chunk.title ? {} : { title: chunk.title }
    const rank = ranked.has(chunk.status) ? { rank: chunk.rank } : {}
    const said = { ...metadataOf(chunk, level, depth === 1 && chunk !== root), ...rank, ...title }
    out.add(frontMatter)
    out.endLine()
    out.add(metadataLine(closed ? { ...said, end: closed.end } : said, lineEnd))
    if (closed) out.addClosed(closed.text)
    // What stood before front matter is not to get between it and the rest.
    else out.addBody(body, markup && frontMatter !== '' ? { ...markup, before: '' } : markup)
  }
  return out.text
}

/** The body with a mark at its end, where without one it would be read as something else or take in what follows. */
function* closedWhereNeeded(heading: string, frontMatter: string, body: string, lineEnd: string) {
  const { before, after } = trimBlank(frontMatter + body)
  if (before === '' && after === '' && !/[#<`~=\r-]/.test(body)) return undefined
  const around = { above: heading === '' ? frontMatter : '# above\n', below: '\n\n# below\n' }
  const { headings } = yield* findHeadings(`${around.above}<!-- -->\n${body}${around.below}`)
  const isRead = headings.length === (heading === '' ? 1 : 2) && headings.at(-1)!.title === 'below'
  const isWhole = before === '' && after === '' && !body.includes('<!-- loom')
  return isRead && isWhole ? undefined : closedBody(body, lineEnd)
}

/** Whether a heading needs no blank line above it: HTML would go on over it, and a paragraph would be underlined with it. */
function* isReadBelow(heading: string, body: string) {
  if (body === '' || heading === '' || (startsWithMarks.test(heading) && !body.includes('<'))) return true
  const { headings } = yield* findHeadings(`# above\n${body}\n${heading}`)
  return headings.at(-1)?.title === (yield* titleIn(heading))
}

/** The title that is read from it. */
function* titleIn(heading: string) {
  const { headings } = yield* findHeadings(heading)
  return headings[0] && toTitle(headings[0].title)
}

/** Parents before their children, each with the level its heading needs so that it is read back to the same place. */
function* inOrder(chunks: readonly WrittenChunk[]): Generator<Seated> {
  const children = Map.groupBy(chunks, (chunk) => chunk.parent_id)
  const top = children.get('') ?? []
  const stack = [{ siblings: top.values(), parent: { level: 0, depth: 0 }, ceiling: Number.POSITIVE_INFINITY }]
  while (stack.length > 0) {
    const here = stack.at(-1)!
    const { value: chunk, done } = here.siblings.next()
    if (done) {
      stack.pop()
      continue
    }
    const depth = here.parent.depth + 1
    const level = levelOf(chunk, depth, here.parent.level, here.ceiling, chunk === top[0])
    here.ceiling = level
    yield { chunk, level, depth }
    const below = children.get(chunk.id)
    if (below) stack.push({ siblings: below.values(), parent: { level, depth }, ceiling: Number.POSITIVE_INFINITY })
  }
}

function* seatedChunks(chunks: readonly WrittenChunk[]) {
  for (const { chunk } of inOrder(chunks)) yield chunk
}

/** As it was, where that still reads back: below its parent, and not below the sibling before it. */
function levelOf({ markup }: WrittenChunk, depth: number, parentLevel: number, ceiling: number, isFirst: boolean) {
  const was = markup?.depth === depth && (markup.level > 0 || isFirst) ? markup.level : undefined
  // Under the root and beside it every level is read back to the same place.
  if (was !== undefined && was <= ceiling && (depth <= 2 || was > parentLevel)) return was
  return Math.max(1, Math.min(ceiling, parentLevel + 1))
}

/** None where its file had none: what it is called now is not in the text. */
function newHeading(title: string, level: number, lineEnd: string): string {
  if (level === 0) return ''
  const marks = '#'.repeat(Math.min(level, deepestHeading))
  // Marks at the end of a title are its own only if others follow.
  const closing = /(?<!\S)#+$/.test(title) ? ` ${marks}` : ''
  return `${marks} ${title}${closing}`.trimEnd() + lineEnd
}

function metadataOf(chunk: WrittenChunk, level: number, beside: boolean): ChunkMetadata {
  const { id, type, status, fields, tags, natural_key } = chunk
  return {
    id,
    ...(type === '' ? {} : { type }),
    ...(status === '' ? {} : { status }),
    ...(fields ? { fields } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(natural_key === null ? {} : { natural_key }),
    ...(level > deepestHeading ? { level } : {}),
    ...(beside ? { top: true } : {}),
  }
}

/** Text under way, which knows where a line has to end so that what follows is read as it is meant. */
class Lines {
  readonly #parts: string[] = []
  readonly #lineEnd: string
  #tail = ''
  #wantsBlank = false

  constructor(lineEnd: string) {
    this.#lineEnd = lineEnd
  }

  get text(): string {
    return this.#parts.join('')
  }

  get isEmpty(): boolean {
    return this.#tail === ''
  }

  add(text: string) {
    if (text === '') return
    this.#parts.push(text)
    this.#tail = (this.#tail + text).slice(-4)
  }

  endLine() {
    if (!this.isEmpty && !/[\r\n]$/.test(this.#tail)) this.add(this.#lineEnd)
  }

  /** Before a heading: ends the line, and leaves a blank one where it is asked for or nothing was there yet. */
  separate(how: 'line' | 'blank') {
    if (this.isEmpty) return
    const ended = /[\r\n]$/.test(this.#tail)
    this.endLine()
    const blank = how === 'blank' || this.#wantsBlank || !ended
    this.#wantsBlank = false
    // A line feed behind a carriage return is still the end of the same line.
    while (blank && !/\n\r?\n$|\r\r\n?$|\n\r$/.test(this.#tail)) this.add(this.#lineEnd)
  }

  addBody(body: string, markup: Markup | null) {
    if (markup) this.#addImported(markup.before, body, markup.after)
    else this.#addNew(body)
  }

  addClosed(text: string) {
    this.add(text)
    this.#wantsBlank = true
  }

  #addImported(before: string, body: string, after: string) {
    this.add(before)
    if (body !== '') this.endLine()
    this.add(body + after)
  }

  #addNew(body: string) {
    if (body !== '') {
      this.separate('blank')
      this.add(body)
      this.endLine()
    }
    this.#wantsBlank = true
  }
}
