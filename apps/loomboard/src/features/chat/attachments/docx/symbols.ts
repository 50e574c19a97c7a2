import dingbats from 'dingbat-to-unicode'

/** A letter of a font whose letters are pictures; undefined for one that nobody knows. */
export function symbol(font: string, code: string): string | undefined {
  const number = Number.parseInt(code, 16)
  if (Number.isNaN(number)) return undefined
  const found = dingbats.hex(font, (number & 0xff).toString(16).toUpperCase())
  if (found) return found.string
  // Whatever is not among the letters that fonts define for themselves is what it is.
  return number >= 0x20 && (number < 0xe000 || number > 0xf8ff) ? String.fromCodePoint(number) : undefined
}
