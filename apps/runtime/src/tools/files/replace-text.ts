import { ToolError } from '../../ground/tool-error.ts'

export interface Replacement {
  from: string
  to: string
  all: boolean
}

/**
 * Replaces a text in a file, byte by byte, so that whatever else is in it stays as it is, also where it is no UTF-8.
 * Where its lines end in CRLF, line breaks of both texts are meant like that.
 */
export function replaceText(
  file: Buffer,
  { from, to, all }: Replacement,
  path: string,
): { bytes: Buffer; replaced: number } {
  if (from === '') throw new ToolError('old_string is empty; say what is to be replaced')
  if (from === to) throw new ToolError('old_string and new_string are the same, so nothing would change')
  const [old, fresh] = inLineBreaksOf(file, from, to)
  const places = placesOf(file, old)
  if (places.length === 0) {
    throw new ToolError(`old_string is not in ${path}; read the file, and give it exactly as it is there`)
  }
  if (places.length > 1 && !all) {
    throw new ToolError(
      `old_string is in ${path} ${places.length} times; give more of what is around it, or set replace_all`,
    )
  }
  const pieces: Buffer[] = []
  let end = 0
  for (const place of places) {
    pieces.push(file.subarray(end, place), fresh)
    end = place + old.length
  }
  return { bytes: Buffer.concat([...pieces, file.subarray(end)]), replaced: places.length }
}

function inLineBreaksOf(file: Buffer, from: string, to: string): [Buffer, Buffer] {
  const asGiven: [Buffer, Buffer] = [Buffer.from(from), Buffer.from(to)]
  if (!endsLinesInCrlf(file)) return asGiven
  if (file.includes(asGiven[0])) return [asGiven[0], Buffer.from(withCrlf(to))]
  return [Buffer.from(withCrlf(from)), Buffer.from(withCrlf(to))]
}

/** As its first line does. */
function endsLinesInCrlf(file: Buffer): boolean {
  const end = file.indexOf(10)
  return end > 0 && file[end - 1] === 13
}

function withCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n')
}

function placesOf(file: Buffer, text: Buffer): number[] {
  const places: number[] = []
  for (let at = file.indexOf(text); at >= 0; at = file.indexOf(text, at + text.length)) places.push(at)
  return places
}
