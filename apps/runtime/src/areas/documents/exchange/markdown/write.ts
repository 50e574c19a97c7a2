import type { StoredChunk } from '../../chunks/chunk.ts'
import { type ChunkMetadata, metadataLine } from './metadata.ts'

export type WrittenChunk = Pick<
  StoredChunk,
  'id' | 'parent_id' | 'title' | 'type' | 'status' | 'body' | 'fields' | 'tags' | 'natural_key' | 'preamble' | 'markup'
>

/** A chunk with the level of its heading; deeper than 6 where no heading can say it. */
interface Seated {
  chunk: WrittenChunk
  level: number
  depth: number
}

const deepestHeading = 6

/**
 * A document as Markdown; `chunks` in order among siblings. What came from a file and has not been changed is written
 * as it stood there.
 */
export function* writeMarkdown(
  chunks: readonly WrittenChunk[],
  { metadata }: { metadata: boolean },
): Generator<unknown, string> {
  const seated = [...inOrder(chunks)]
  const root = seated[0]?.chunk
  const lineEnd = root?.markup?.heading.endsWith('\r\n') ? '\r\n' : '\n'
  const out = new Lines(lineEnd)
  for (const { chunk, level, depth } of seated) {
    yield
    const { markup } = chunk
    const asItStood =
      markup !== null && markup.title === chunk.title && markup.level === level && markup.depth === depth
    const heading = asItStood ? markup.heading : newHeading(chunk.title, Math.max(1, level), lineEnd)
    if (!out.isEmpty) out.separate(asItStood ? 'line' : 'blank')
    out.add(chunk.preamble)
    if (chunk.preamble !== '' && !asItStood) out.separate('blank')
    out.add(heading)
    if (metadata) {
      out.endLine()
      out.add(metadataLine(metadataOf(chunk, level, depth === 1 && chunk !== root), lineEnd))
    }
    if (markup) out.addImported(markup.before, chunk.body, markup.after)
    else out.addNew(chunk.body)
  }
  return out.text
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
    const level = levelOf(chunk, depth, here.parent.level, here.ceiling)
    here.ceiling = level
    yield { chunk, level, depth }
    const below = children.get(chunk.id)
    if (below) stack.push({ siblings: below.values(), parent: { level, depth }, ceiling: Number.POSITIVE_INFINITY })
  }
}

/** As it was, where that still reads back: below its parent, and not below the sibling before it. */
function levelOf({ markup }: WrittenChunk, depth: number, parentLevel: number, ceiling: number): number {
  const was = markup?.depth === depth ? markup.level : undefined
  // Under the root and beside it every level is read back to the same place.
  if (was !== undefined && was <= ceiling && (depth <= 2 || was > parentLevel)) return was
  return Math.min(ceiling, parentLevel + 1)
}

function newHeading(title: string, level: number, lineEnd: string): string {
  const marks = '#'.repeat(Math.min(level, deepestHeading))
  // Marks at the end of a title are its own only if others follow.
  const closing = /(?<!\S)#+$/.test(title) ? ` ${marks}` : ''
  return `${marks} ${title}${closing}`.trimEnd() + lineEnd
}

function metadataOf(chunk: WrittenChunk, level: number, beside: boolean): ChunkMetadata {
  const { id, type, status, fields, tags, natural_key, markup, title } = chunk
  return {
    id,
    ...(type === '' ? {} : { type }),
    ...(status === '' ? {} : { status }),
    ...(fields ? { fields } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(natural_key === null ? {} : { natural_key }),
    ...(level > deepestHeading ? { level } : {}),
    ...(beside ? { top: true } : {}),
    ...(markup?.heading === '' && markup.title === title ? { title } : {}),
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
    if (blank && !/(?:\n\r?|\r)\n$|\r\r$/.test(this.#tail)) this.add(this.#lineEnd)
  }

  addImported(before: string, body: string, after: string) {
    this.add(before)
    if (body !== '') this.endLine()
    this.add(body + after)
  }

  addNew(body: string) {
    if (body !== '') {
      this.separate('blank')
      this.add(body)
      this.endLine()
    }
    this.#wantsBlank = true
  }
}
