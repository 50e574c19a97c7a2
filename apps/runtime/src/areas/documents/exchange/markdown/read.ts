import { toTitle } from '../../chunks/chunk.ts'
import { findHeadings, type Heading } from './headings.ts'
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
  const headings = yield* findHeadings(text)
  if (headings.length === 0) return { preamble: '', sections: [headless(text, untitled)] }
  const sections: Section[] = []
  const open: number[] = []
  const depths: number[] = []
  for (const [i, heading] of headings.entries()) {
    yield
    const { metadata, rest } = takeMetadata(text.slice(heading.end, headings[i + 1]?.start))
    const level = metadata?.level ?? heading.level
    while (open.length > 1 && levelOf(sections, open.at(-1)!) >= level) open.pop()
    // The first is the root: what follows is under it, whatever its level.
    const parent = metadata?.top ? undefined : open.at(-1)
    const depth = parent === undefined ? 1 : depths[parent]! + 1
    depths.push(depth)
    sections.push(toSection(text, heading, rest, { parent, depth, level, metadata }))
    if (metadata?.top) open.length = 1
    open.push(i)
  }
  return { preamble: text.slice(0, headings[0]!.start), sections }
}

function levelOf(sections: readonly Section[], index: number): number {
  return sections[index]!.markup.level
}

interface Seat {
  parent: number | undefined
  depth: number
  level: number
  metadata: ChunkMetadata | undefined
}

function toSection(text: string, heading: Heading, rest: string, { parent, depth, level, metadata }: Seat): Section {
  const { before, body, after } = trimBlank(rest)
  const title = metadata?.title ?? toTitle(heading.title)
  const markup = { heading: text.slice(heading.start, heading.end), title, level, depth, before, after }
  return { title, body, parent, markup, metadata }
}

/** A text without any heading is one section, whose title is not in it. */
function headless(text: string, untitled: string): Section {
  const { metadata, rest } = takeMetadata(text)
  const { before, body, after } = trimBlank(rest)
  const title = metadata?.title ?? untitled
  const markup = { heading: '', title, level: 0, depth: 1, before, after }
  return { title, body, parent: undefined, markup, metadata }
}

/** Blank lines around a text are not what it says, but they come back. */
function trimBlank(text: string): { before: string; body: string; after: string } {
  const before = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text)![0]
  const rest = text.slice(before.length)
  let end = rest.length
  while (' \t\r\n'.includes(rest[end - 1] ?? 'x')) end--
  return { before, body: rest.slice(0, end), after: rest.slice(end) }
}
