import { takeMetadata } from './metadata.ts'

/** By the offsets of its first character, of what comes after it, and of what comes after the mark of its end. */
export interface ClosedBody {
  start: number
  end: number
  after: number
  lineEnd: string
}

const endMark = (name: string) => `<!-- loom-end: ${name} -->`

/** A body that is read back as it is, whatever stands in it, with the name of its end for the comment before it. */
export function closedBody(body: string, lineEnd: string): { end: string; text: string } {
  let n = 1
  while (body.includes(endMark(`${n}`))) n++
  return { end: `${n}`, text: `${body}${lineEnd}${endMark(`${n}`)}${lineEnd}` }
}

/** Finds the bodies of a text whose comment says how they end. To be asked from its beginning on. */
export class ClosedBodies {
  readonly #text: string
  #ends: Map<string, number[]> | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** The one whose comment stands here; undefined where none does, or its end is missing. */
  at(offset: number): ClosedBody | undefined {
    const text = this.#text
    if (!text.startsWith('<!-- loom: ', offset)) return undefined
    const { metadata, rest, lineEnd } = takeMetadata(text.slice(offset))
    if (metadata?.end === undefined || lineEnd === '') return undefined
    const start = text.length - rest.length
    const mark = this.#nextEnd(metadata.end, start + lineEnd.length)
    if (mark === undefined || !text.startsWith(lineEnd, mark - lineEnd.length)) return undefined
    const after = mark + endMark(metadata.end).length
    return {
      start,
      end: mark - lineEnd.length,
      after: text.startsWith(lineEnd, after) ? after + lineEnd.length : after,
      lineEnd,
    }
  }

  #nextEnd(name: string, from: number): number | undefined {
    this.#ends ??= endsOf(this.#text)
    const ends = this.#ends.get(name)
    while (ends?.length && ends.at(-1)! < from) ends.pop()
    return ends?.at(-1)
  }
}

/** Where they are, the last one first. */
function endsOf(text: string): Map<string, number[]> {
  const ends = new Map<string, number[]>()
  for (const { 0: mark, index } of text.matchAll(/<!-- loom-end: \d{1,9} -->/g)) {
    const name = mark.slice(15, -4)
    const same = ends.get(name)
    if (same) same.push(index)
    else ends.set(name, [index])
  }
  for (const same of ends.values()) same.reverse()
  return ends
}
