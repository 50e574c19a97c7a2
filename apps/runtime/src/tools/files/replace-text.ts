import { ToolError } from '../../ground/tool-error.ts'

export interface Replacement {
  from: string
  to: string
  all: boolean
}

/**
 * Replaces a text in a file, byte by byte, so that whatever else is in it stays as it is, also where it is no UTF-8.
 * Where lines of it end in CRLF, a line break of the text stands for either kind, and what comes in its place has the
 * line breaks of that place.
 */
export function replaceText(
  file: Buffer,
  { from, to, all }: Replacement,
  path: string,
): { bytes: Buffer; replaced: number } {
  if (from === '') throw new ToolError('old_string is empty; say what is to be replaced')
  if (from === to) throw new ToolError('old_string and new_string are the same, so nothing would change')
  const places = file.includes('\r\n') ? placesOfEitherBreak(file, from) : placesOf(file, Buffer.from(from))
  if (places.length === 0) {
    throw new ToolError(`old_string is not in ${path}; read the file, and give it exactly as it is there`)
  }
  if (places.length > 1 && !all) {
    throw new ToolError(
      `old_string is in ${path} ${places.length} times; give more of what is around it, or set replace_all`,
    )
  }
  const bytes = replaced(file, places, to)
  if (bytes.equals(file)) {
    throw new ToolError(`old_string and new_string differ in line breaks alone, and those of ${path} stay as they are`)
  }
  return { bytes, replaced: places.length }
}

function replaced(file: Buffer, places: readonly Place[], to: string): Buffer {
  const fresh = {
    any: Buffer.from(to),
    '\r\n': Buffer.from(to.replace(/\r?\n/g, '\r\n')),
    '\n': Buffer.from(to.replaceAll('\r\n', '\n')),
  }
  const pieces: Buffer[] = []
  let end = 0
  for (const { from, to, breaks = 'any' } of places) {
    if (from > end) pieces.push(file.subarray(end, from))
    pieces.push(fresh[breaks])
    end = to
  }
  pieces.push(file.subarray(end))
  return Buffer.concat(pieces)
}

interface Place {
  from: number
  to: number
  /** Of its lines, where the file does not have one kind alone. */
  breaks?: '\r\n' | '\n'
}

function placesOf(file: Buffer, text: Buffer): Place[] {
  const places: Place[] = []
  for (let at = file.indexOf(text); at >= 0; at = file.indexOf(text, at + text.length)) {
    places.push({ from: at, to: at + text.length })
  }
  return places
}

/** A line break of the text is found as CRLF and as LF. In time in proportion to the file, however often it is there. */
function placesOfEitherBreak(file: Buffer, text: string): Place[] {
  const { bytes, taken } = withLfAlone(file)
  const isCrlf = new Set(taken)
  let before = 0
  /** Where it is in the file. */
  const at = (place: number) => {
    while (before < taken.length && taken[before]! < place) before++
    return place + before
  }
  let line = -1
  let isBehindLast = false
  return placesOf(bytes, Buffer.from(text.replace(/\r\n/g, '\n'))).map(({ from, to }) => {
    // The first break in it or behind it; where there is none, the last one.
    if (line < from && !isBehindLast) {
      line = bytes.indexOf(10, from)
      isBehindLast = line < 0
      if (isBehindLast) line = bytes.lastIndexOf(10)
    }
    return { from: at(from), to: at(to), breaks: isCrlf.has(line) ? '\r\n' : '\n' }
  })
}

/** `taken`: at which of its line breaks a CR was left out. */
function withLfAlone(file: Buffer): { bytes: Buffer; taken: number[] } {
  const bytes = Buffer.allocUnsafe(file.length)
  const taken: number[] = []
  let length = 0
  for (let at = 0; at < file.length; at++) {
    const byte = file[at]!
    if (byte === 13 && file[at + 1] === 10) taken.push(length)
    else bytes[length++] = byte
  }
  return { bytes: bytes.subarray(0, length), taken }
}
