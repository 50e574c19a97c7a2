import { readJson } from '../../../../ground/json.ts'
import { isJsonTooDeep } from '../../../../ground/json-depth.ts'
import { type ContentSaid, contentSaid, textsOf } from '../content-said.ts'

/** What a comment after a heading says about the chunk; its title where the heading cannot say it. */
export interface ChunkMetadata extends ContentSaid {
  id?: string
  natural_key?: string
  /** Its place in its column, where that is not its place in the text. */
  rank?: string
  /** Where it is deeper than headings go. */
  level?: number
  /** Beside the root rather than under it. */
  top?: boolean
  /** Names the mark that ends a body which would be read as something else without one. */
  end?: string
}

const comment = /^<!-- loom: (\{[^\r\n]*\}) -->(\r\n|\n|\r|$)/

export function metadataLine(metadata: ChunkMetadata, lineEnd: string): string {
  // As an escape, so that nothing in it ends the comment.
  return `<!-- loom: ${JSON.stringify(metadata).replaceAll('>', '\\u003e')} -->${lineEnd}`
}

export interface TakenMetadata {
  metadata: ChunkMetadata | undefined
  rest: string
  /** What ends the line of the comment. */
  lineEnd: string
}

/** Splits the comment off the text after a heading; one that cannot be read is text like any other. */
export function takeMetadata(text: string): TakenMetadata {
  const [line = '', json, lineEnd = ''] = comment.exec(text) ?? []
  if (json !== undefined && !isJsonTooDeep(json)) {
    try {
      return { metadata: checked(readJson(json) as Record<string, unknown>), rest: text.slice(line.length), lineEnd }
    } catch {}
  }
  return { metadata: undefined, rest: text, lineEnd: '' }
}

function checked(said: Record<string, unknown>): ChunkMetadata {
  const { level, top } = said
  return {
    ...contentSaid(said),
    ...textsOf(said, ['id', 'natural_key', 'rank', 'end']),
    ...(Number.isInteger(level) && (level as number) > 0 ? { level: level as number } : {}),
    ...(top === true ? { top } : {}),
  }
}

export interface EdgeLine {
  from: string
  to: string
  kind: string
}

const trailerStart = '\n<!-- loom-edges:'

export function* edgesTrailer(edges: readonly EdgeLine[]): Generator<unknown, string> {
  if (edges.length === 0) return ''
  const lines: string[] = []
  for (const { from, to, kind } of edges) {
    yield
    // A kind that would end the comment is left out; such an edge has to be drawn anew.
    if (!kind.includes('-->')) lines.push(`${from} -> ${to} [${kind}]\n`)
  }
  return `${trailerStart}\n${lines.join('')}-->\n`
}

/** Splits the list of edges off the end of a text. */
export function* takeEdges(text: string): Generator<unknown, { edges: EdgeLine[]; rest: string }> {
  const at = text.lastIndexOf(trailerStart)
  const trailer = at < 0 ? '' : text.slice(at)
  // The end of another comment is not its end.
  if (!/^\n-->[ \t\r\n]*$/.test(trailer.slice(trailer.indexOf('-->') - 1))) return { edges: [], rest: text }
  const edges: EdgeLine[] = []
  for (const [, from = '', to = '', kind = ''] of trailer.matchAll(/^(\S+) -> (\S+) \[([^\]\r\n\u2028\u2029]+)\]/gm)) {
    yield
    edges.push({ from, to, kind })
  }
  return { edges, rest: text.slice(0, at) }
}
