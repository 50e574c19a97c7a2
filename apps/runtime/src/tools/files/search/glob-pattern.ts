import { ToolError } from '../../../ground/tool-error.ts'

/** Where in a pattern one is after some of the names of a path; empty: nothing below can match. */
export type Reached = readonly Position[]

interface Position {
  /** Which of the alternatives. */
  of: number
  /** Of its names, so many have been matched. */
  at: number
}

type Part = string | Set | typeof star | typeof any
const star = Symbol('*')
const any = Symbol('?')

interface Set {
  isNegated: boolean
  ranges: readonly (readonly [from: number, to: number])[]
}

type Name = '**' | readonly Part[]

const mostAlternatives = 1000
const longestPattern = 1000

/**
 * A pattern for paths: `*` and `?` within a name, `**` for any number of names, `[a-z]` and `{one,two}`. It is followed
 * name by name, so that folders in which nothing can match are not looked into, and takes time in proportion to both.
 */
export class GlobPattern {
  readonly #alternatives: readonly (readonly Name[])[]

  constructor(text: string) {
    if (text.length > longestPattern) throw new ToolError(`the pattern is longer than ${longestPattern} characters`)
    if (text.startsWith('/')) throw new ToolError('the pattern must be relative, without a leading slash')
    this.#alternatives = expanded(text).map(namesOf)
  }

  get start(): Reached {
    return this.#alternatives.flatMap((names, of) => past(names, { of, at: 0 }))
  }

  /** After one more name of a path. */
  step(reached: Reached, name: string): Reached {
    const next = new Map<string, Position>()
    for (const { of, at } of reached) {
      const names = this.#alternatives[of]!
      const wanted = names[at]
      if (wanted === undefined) continue
      const stays = wanted === '**' ? [{ of, at }] : matches(wanted, name) ? [{ of, at: at + 1 }] : []
      for (const place of stays.flatMap((place) => past(names, place))) next.set(`${place.of}:${place.at}`, place)
    }
    return [...next.values()]
  }

  isMatch(reached: Reached): boolean {
    return reached.some(({ of, at }) => at === this.#alternatives[of]!.length)
  }

  /** Whether anything below can match. */
  goesOn(reached: Reached): boolean {
    return reached.some(({ of, at }) => at < this.#alternatives[of]!.length)
  }
}

/** Which files a search is about, where one name stands for it wherever it is. */
export function filterPattern(text: string): GlobPattern {
  return new GlobPattern(text.includes('/') ? text : `**/${text}`)
}

/** `**` may stand for no name at all. */
function past(names: readonly Name[], place: Position): Position[] {
  return names[place.at] === '**' ? [place, ...past(names, { ...place, at: place.at + 1 })] : [place]
}

function namesOf(text: string): Name[] {
  const names = text.split('/').filter((name) => name !== '' && name !== '.')
  if (names.includes('..')) throw new ToolError('the pattern must not contain ".."')
  if (names.length === 0) throw new ToolError('the pattern is empty')
  return names.map((name) => (name === '**' ? name : partsOf(name)))
}

function partsOf(name: string): Part[] {
  const parts: Part[] = []
  const letters = [...name]
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    if (letter === '*') parts.push(star)
    else if (letter === '?') parts.push(any)
    else if (letter === '\\' && at + 1 < letters.length) parts.push(letters[++at]!)
    else if (letter === '[') {
      const end = letters.indexOf(']', at + (letters[at + 1] === '!' || letters[at + 1] === '^' ? 3 : 2))
      if (end < 0) throw new ToolError('the pattern has a "[" without a "]"')
      parts.push(setOf(letters.slice(at + 1, end)))
      at = end
    } else parts.push(letter)
  }
  return parts
}

function setOf(letters: readonly string[]): Set {
  const isNegated = letters[0] === '!' || letters[0] === '^'
  const listed = isNegated ? letters.slice(1) : letters
  const code = (at: number) => listed[at]!.codePointAt(0)!
  const ranges: [number, number][] = []
  for (let at = 0; at < listed.length; at++) {
    const isRange = listed[at + 1] === '-' && at + 2 < listed.length
    ranges.push([code(at), code(isRange ? at + 2 : at)])
    if (isRange) at += 2
  }
  return { isNegated, ranges }
}

/** After a mismatch it goes back to the last star and has it take one letter more. */
function matches(parts: readonly Part[], name: string): boolean {
  const letters = [...name]
  let part = 0
  let at = 0
  let lastStar = -1
  let fromStar = 0
  while (at < letters.length) {
    const wanted = parts[part]
    if (wanted === star) {
      lastStar = part++
      fromStar = at
    } else if (wanted !== undefined && isIn(wanted, letters[at]!)) {
      part++
      at++
    } else if (lastStar >= 0) {
      part = lastStar + 1
      at = ++fromStar
    } else return false
  }
  while (parts[part] === star) part++
  return part === parts.length
}

function isIn(part: Exclude<Part, typeof star>, letter: string): boolean {
  if (typeof part === 'string') return part === letter
  if (part === any) return true
  const code = letter.codePointAt(0)!
  return (part as Set).ranges.some(([from, to]) => code >= from && code <= to) !== (part as Set).isNegated
}

/** Without its braces. */
function expanded(text: string): string[] {
  const open = indexOutsideOfSets(text, '{', 0)
  if (open < 0) return [text]
  const choices: string[] = []
  let depth = 0
  let from = open + 1
  for (let at = open; at < text.length; at++) {
    const letter = text[at]
    if (letter === '\\') at++
    else if (letter === '{') depth++
    else if (letter === '}' || (letter === ',' && depth === 1)) {
      if (letter === ',' || depth === 1) {
        choices.push(text.slice(from, at))
        from = at + 1
      }
      if (letter === '}' && --depth === 0) {
        const all = choices.flatMap((choice) => expanded(text.slice(0, open) + choice + text.slice(at + 1)))
        if (all.length > mostAlternatives) throw new ToolError('the pattern has too many alternatives in braces')
        return all
      }
    }
  }
  throw new ToolError('the pattern has a "{" without a "}"')
}

function indexOutsideOfSets(text: string, letter: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === letter) return at
  }
  return -1
}
