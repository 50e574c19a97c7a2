import { toTitle } from '../../chunks/chunk.ts'
import type { ClosedBody } from './closed-bodies.ts'
import { endOfFrontMatter, findHeadings } from './headings.ts'
import type { Markup } from './markup.ts'
import { type ChunkMetadata, takeMetadata } from './metadata.ts'

/** A heading with what is under it, up to the next heading. */
export interface Section {
  title: string
  body: string
  /** Of the section it belongs under, by index; undefined at the top. */
  parent: number | undefined
  markup: Markup
  metadata: ChunkMetadata | undefined
}

export interface ReadMarkdown {
  /** Text before the first heading. */
  preamble: string
  sections: Section[]
}

/** The sections of a text. Written one after another, preamble first, their parts are the text to the byte. */
export function* readMarkdown(text: string, untitled: string): Generator<unknown, ReadMarkdown> {
  const { opening, headings } = yield* findHeadings(text)
  const first = text.slice(0, headings[0]?.start)
  const beginning = headless(first, opening, untitled)
  const hasRoot = headings.length === 0 || beginning.metadata !== undefined
  const sections: Section[] = hasRoot ? [beginning] : []
  const open: number[] = hasRoot ? [0] : []
  for (const [i, heading] of headings.entries()) {
    yield
    const end = headings[i + 1]?.start ?? text.length
    const { metadata, rest } = takeMetadata(text.slice(heading.end, end))
    const level = metadata?.level ?? heading.level
    while (open.length > 1 && sections[open.at(-1)!]!.markup.level >= level) open.pop()
    // The first is the root: what follows is under it, whatever its level.
    const parent = metadata?.top ? undefined : open.at(-1)
    const depth = parent === undefined ? 1 : sections[parent]!.markup.depth + 1
    if (metadata?.top) open.length = 1
    open.push(sections.length)
    const closed = heading.body
    const { before, body, after } = closed ? closedParts(text.slice(0, end), closed) : trimBlank(rest)
    const title = metadata?.title ?? toTitle(heading.title)
    const markup = { heading: text.slice(heading.start, heading.end), title, level, depth, before, after }
    sections.push({ title, body, parent, markup, metadata })
  }
  return { preamble: hasRoot ? '' : first, sections }
}

/** What stands before the first heading, or all there is without one: a section whose title is not in it. */
function headless(text: string, closed: ClosedBody | undefined, untitled: string): Section {
  const from = endOfFrontMatter(text)
  const frontMatter = text.slice(0, from)
  const { metadata, rest } = takeMetadata(text.slice(from))
  const { before, body, after } = closed ? closedParts(text, closed, frontMatter) : trimBlank(frontMatter + rest)
  const title = metadata?.title ?? untitled
  return { title, body, parent: undefined, markup: { heading: '', title, level: 0, depth: 1, before, after }, metadata }
}

/** What somebody wrote below the mark of its end is part of a body, too. */
function closedParts(text: string, { start, end, after: from, lineEnd }: ClosedBody, frontMatter = '') {
  const body = frontMatter + text.slice(start, end)
  const below = trimBlank(lineEnd + text.slice(from))
  return {
    before: frontMatter === '' ? lineEnd : '',
    body: below.body === '' ? body : body + below.before + below.body,
    after: below.body === '' ? below.before + below.after : below.after,
  }
}

/** Blank lines around a text are not what it says, but they come back. */
export function trimBlank(text: string): { before: string; body: string; after: string } {
  const before = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text)![0]
  const rest = text.slice(before.length)
  let end = rest.length
  while (' \t\r\n'.includes(rest[end - 1] ?? 'x')) end--
  return { before, body: rest.slice(0, end), after: rest.slice(end) }
}
