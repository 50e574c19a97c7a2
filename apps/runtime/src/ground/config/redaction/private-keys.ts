import type { Secret } from './secret-shapes.ts'

/** No longer than what a stream remembers of the text that has gone on. */
const edges = /-----(?<edge>BEGIN|END) (?:[A-Z\d]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g
/** What goes on behind the name of a key that is no mere mention of it, such as one in quotes. */
const goesOn = /[\s\\\w+/=]/
/** How far behind its name, or behind the last line that reads as a header, the lines of a key may begin. */
const longestHeaders = 4096
/** Lines that read as headers. Longer than this they are none, so that a stream holds what it can hold. */
const headers = /(?:(?:\r?\n|(?:\\r)?\\n)(?:> )?[A-Za-z][A-Za-z-]{0,40}: {0,3}[^\r\n\\]*)+/y
const mostHeaders = 12_000
/** What may stand between two lines of a key, or between the last one and its end. */
const longestGap = 200

const word = /[A-Za-z\d+/=]+/g
const shortestLine = 16
/** Nobody's name is that long. */
const surelyLine = 40
/** Reads as a line of a key that has gone already, so that what follows it is read as the rest. */
export const goneLine = '='.repeat(surelyLine)
const betweenLines = /^(?:\\[nr]?|[^A-Za-z\d\\])*$/
/** The last line is as short as it likes, and the checksum of an armor follows it. */
const lastLines =
  /(?:\s|\\[nr]){1,10}[A-Za-z\d+/=]{1,15}(?=[\s\\-]|$)(?:(?:\s|\\[nr]){1,10}=[A-Za-z\d+/]{4}(?=[\s\\-]|$))?/y

interface PrivateKey {
  name: string
  /** Where its name ends. */
  start: number
  /** What is to go of it, as far as the text goes; undefined where it is but a name so far. */
  secret: Secret | undefined
  /** Whether more of it may follow the end of the text. */
  isOpen: boolean
}

export function* findPrivateKeys(text: string): Generator<Secret> {
  for (const { secret } of privateKeys(text)) if (secret) yield secret
}

/** The key that the end of a text may be in the middle of. */
export function openPrivateKey(text: string): PrivateKey | undefined {
  for (const key of privateKeys(text)) if (key.isOpen) return key
  return undefined
}

function* privateKeys(text: string): Generator<PrivateKey> {
  let begin: RegExpExecArray | undefined
  for (const edge of text.matchAll(edges)) {
    if (begin) yield* privateKey(text, begin, edge)
    begin = edge.groups?.edge === 'BEGIN' ? edge : undefined
  }
  if (begin) yield* privateKey(text, begin, undefined)
}

/** Everything between a name and its end where a line of a key is in it; without an end, from the first line to the last. */
function* privateKey(text: string, begin: RegExpExecArray, next: RegExpExecArray | undefined): Generator<PrivateKey> {
  const start = afterEdge(begin)
  if (start < text.length && !goesOn.test(text.charAt(start))) return
  const until = next?.index ?? text.length
  const isClosed = next?.groups?.edge === 'END'
  const said = text.slice(start, until)
  let reach = start + lengthOfHeaders(said) + longestHeaders
  let first: number | undefined
  let last = start
  let hasWord = false
  for (const { 0: found, index } of said.matchAll(word)) {
    const at = start + index
    if (at + surelyLine > reach) {
      // Whether it is a line does not depend on what a stream has not seen yet when it gives up.
      if (!isClosed) break
      if (found.length < surelyLine) continue
    }
    if (found.length < shortestLine) continue
    hasWord = true
    const isLine =
      found.length >= surelyLine ||
      /\d/.test(found) ||
      betweenLines.test(text.slice(Math.max(last, at - longestGap), at))
    if (!isLine) continue
    first ??= text[at - 1] === '\\' && /^[nr]/.test(found) ? at + 1 : at
    last = at + found.length
    reach = Math.max(reach, last + longestGap)
  }
  const isEnded = isClosed && afterEdge(next) <= reach
  let secret: Secret | undefined
  const mark = '[redacted-private-key]'
  if (isEnded && hasWord) secret = { start, end: withoutBreaks(text, until), mark }
  else if (first !== undefined) secret = { start: first, end: afterLastLines(text, last), mark }
  yield { name: begin[0], start, secret, isOpen: next === undefined && text.length <= reach }
}

function afterEdge(edge: RegExpExecArray): number {
  return edge.index + edge[0].length
}

/** Of what stands behind a name, up to the next one: those of very many names in headers are each read once. */
function lengthOfHeaders(said: string): number {
  headers.lastIndex = 0
  return headers.test(said) ? Math.min(headers.lastIndex, mostHeaders) : 0
}

function afterLastLines(text: string, last: number): number {
  lastLines.lastIndex = last
  return lastLines.test(text) ? lastLines.lastIndex : last
}

/** Where the breaks begin, written out or as JSON has them, that end here. */
function withoutBreaks(text: string, end: number): number {
  for (let at = end; ; ) {
    if (/\s/.test(text.charAt(at - 1))) at -= 1
    else if (/^\\[nr]$/.test(text.slice(at - 2, at))) at -= 2
    else return at
  }
}
