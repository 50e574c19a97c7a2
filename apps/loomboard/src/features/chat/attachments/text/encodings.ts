import type { ReadText } from '../attachment.ts'

/** By a mark at its beginning, by the zeros of its Latin letters and line ends, or by its shifts. */
export function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, sampleBytes)
  const zeros = [0, 0]
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2]!++
  const [even = 0, odd = 0] = zeros
  // A zero here and there is a mistake in a text of single bytes, as long as it can be one.
  const isMany = even + odd > sample.length / 4 || (even + odd > 0 && decode('utf-8', sample, true) === undefined)
  if (isMany && bytes.length % 2 === 0 && Math.min(even, odd) <= Math.max(even, odd) / 20) {
    const utf16 = odd > even ? 'utf-16le' : 'utf-16be'
    const text = decode(utf16, sample, true)
    if (text !== undefined && controlsIn(text) === 0 && !/\p{Cn}/u.test(text)) return utf16
  }
  const ascii = new TextDecoder('latin1').decode(sample)
  return ascii.includes('\x1b$B') || ascii.includes('\x1b$@') ? 'iso-2022-jp' : undefined
}
const sampleBytes = 64 * 1024

/** As a page, an XML file or a script says of itself; what can be read as far as that is no UTF-16. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  const [, name = ''] = /(?:charset|encoding|coding)[=:] ?["']?([\w-]{2,30})/i.exec(head) ?? []
  return name === '' || /^utf-?16/i.test(name) ? undefined : name
}

/** Undefined where the bytes cannot be so. The beginning of a text may end within a letter. */
export function decode(encoding: string, bytes: Uint8Array, isBeginning = false): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isBeginning })
  } catch {
    return undefined
  }
}

export const replaced = '\ufffd'

/** With what is wrong replaced, which is said: zero bytes as well, which nobody means and some services refuse. */
export function readAs(encoding: string, bytes: Uint8Array): ReadText {
  const whole = decode(encoding, bytes)
  const decoded = whole ?? new TextDecoder(encoding).decode(bytes)
  const text = decoded.replaceAll('\0', replaced)
  if (text === whole) return { text, notes: [] }
  const places = text.split(replaced).length - 1
  const where = places === 1 ? 'One place' : `${places} places`
  return { text, notes: [`${where} in it could not be read as ${encoding.toUpperCase()}: it has “${replaced}” there.`] }
}

/** Text has next to none but for tabs and line ends. */
export function controlsIn(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) if (isControl(text.charCodeAt(i))) count++
  return count
}

/** But for backspace to carriage return, and the escape of coloured logs. */
const isControl = (code: number) => code < 0x20 && (code < 8 || code > 13) && code !== 0x1b
