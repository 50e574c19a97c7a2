import type { ReadText } from '../attachment.ts'
import { controlsIn, declaredEncoding, decode, markedEncoding, readAs, replaced } from './encodings.ts'

/** What bytes say that are text; undefined for those that are none. */
export async function decodeText(bytes: Uint8Array): Promise<ReadText | undefined> {
  const marked = markedEncoding(bytes)
  if (isNoText(new TextDecoder(marked ?? 'latin1').decode(bytes))) return undefined
  if (marked) return readAs(marked, bytes)
  const utf8 = readAs('utf-8', bytes)
  if (decode('utf-8', bytes) !== undefined || isMostlyUtf8(utf8.text)) return utf8
  const declared = declaredEncoding(bytes)
  return declared && decode(declared, bytes) !== undefined ? readAs(declared, bytes) : guessed(bytes)
}

/** Text has next to no control characters; one may be in it by mistake. */
const isNoText = (text: string) => controlsIn(text) > text.length / 500 + 1

/** Whether a damaged UTF-8 text is meant, and not another encoding: there hardly any two bytes make a letter of it. */
function isMostlyUtf8(text: string): boolean {
  let bad = 0
  let good = 0
  for (const char of text) {
    if (char === replaced) bad++
    else if (char > '\x7f') good++
  }
  return bad === 1 ? good > 0 : good >= bad * 2
}

async function guessed(bytes: Uint8Array): Promise<ReadText | undefined> {
  const { guessEncoding } = await import('./guess-encoding.ts')
  const encoding = guessEncoding(bytes)
  if (!encoding) return undefined
  const { text, notes } = readAs(encoding, bytes)
  const name = encoding === 'windows-1252' ? 'Latin-1 (windows-1252)' : encoding
  return { text, notes: [`It does not say in which encoding it is; it was read as ${name}.`, ...notes] }
}
