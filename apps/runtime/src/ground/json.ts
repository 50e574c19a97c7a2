import { inOneGo } from './in-slices.ts'

declare global {
  interface JSON {
    rawJSON(text: string): object
    parse(text: string, reviver: (key: string, value: unknown, context: { source: string }) => unknown): unknown
  }
}

/** A whole number of so many digits may be larger than what a number holds exactly. */
const mayHoldLarge = /(?:^|[[:,\s-])\d{16}/

// By this, whatever writes JSON writes a bigint as its digits, so nothing that was read here is lost on its way out.
Object.defineProperty(BigInt.prototype, 'toJSON', {
  value(this: bigint) {
    return JSON.rawJSON(String(this))
  },
})

/** JSON of our own. A whole number that would be rounded is a bigint, and keeps its digits. */
export function parseJson(text: string): unknown {
  return mayHoldLarge.test(text) ? JSON.parse(text, keepingDigits) : JSON.parse(text)
}

/**
 * JSON of somebody else's, to be written back: every number that would be written in another way, as 1.0 or 1e-7, is kept
 * as it is, as an object that only `JSON.stringify` can read.
 */
export function parseAsWritten(text: string): unknown {
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && String(value) !== source ? JSON.rawJSON(source) : value,
  )
}

/**
 * JSON from outside. Of two members with one name the last one counts, one called `__proto__` is a member like any other,
 * half a surrogate becomes U+FFFD, since nothing downstream can hold it, and -0 is written as 0. Throws a sentence about
 * what is no JSON, and about a number that is none, since it would be written as null.
 */
export function readJson(text: string): unknown {
  return inOneGo(read(text, { mayHoldLarge: mayHoldLarge.test(text), mayNeedCare: mayNeedCare.test(text) }))
}

/** The same for a long text, with a rest now and then. */
export function* readLongJson(text: string): Generator<void, unknown> {
  const found = { mayHoldLarge: false, mayNeedCare: false }
  for (let from = 0; from < text.length; from += pieceLength) {
    const piece = text.slice(Math.max(0, from - longestHint), from + pieceLength)
    found.mayHoldLarge ||= mayHoldLarge.test(piece)
    found.mayNeedCare ||= mayNeedCare.test(piece)
    yield
  }
  return yield* read(text, found)
}

const pieceLength = 256 * 1024
/** What tells one of them may be cut by a piece. */
const longestHint = 400

function* read(text: string, found: { mayHoldLarge: boolean; mayNeedCare: boolean }): Generator<void, unknown> {
  const value = found.mayHoldLarge ? JSON.parse(text, keepingDigits) : JSON.parse(text)
  return found.mayNeedCare ? yield* careful(value) : value
}

/** Whether it is one, and keeps its digits through a database. */
export function isWholeNumber(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || Number.isSafeInteger(value)
}

/** A bigint only where it has to be one. */
export function toWholeNumber(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** What SQLite has for a whole number; it would round any other. */
export function fitsInteger(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}

function keepingDigits(_key: string, value: unknown, { source }: { source: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return /^-?\d+$/.test(source) && Number.isFinite(value) ? BigInt(source) : value
}

/** Half a surrogate, or a number of so many digits or so large an exponent that it may be none: 210 with e99 are. */
const mayNeedCare = /\\u[dD][89a-fA-F]|[eE]\+?\d{3}|\d{210}/

function* careful(value: unknown): Generator<void, unknown> {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new SyntaxError('a number is larger than 1.8e308, which is the largest there is')
  }
  if (value === null || typeof value !== 'object') return value
  yield
  if (Array.isArray(value)) {
    const items: unknown[] = []
    for (const item of value) items.push(yield* careful(item))
    return items
  }
  const members: [string, unknown][] = []
  for (const [key, member] of Object.entries(value)) members.push([key.toWellFormed(), yield* careful(member)])
  return Object.fromEntries(members)
}
