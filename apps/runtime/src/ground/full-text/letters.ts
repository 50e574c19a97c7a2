/** What a character is for the index. */
export type Kind = (typeof kinds)[number]
const kinds = ['gap', 'letter', 'mark', 'spaceless', 'emoji'] as const

/** Scripts that put no spaces between words. */
const spaceless =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u

function find(character: string): Kind {
  if (/\p{M}/u.test(character)) return 'mark'
  if (emoji.test(character)) return 'emoji'
  if (!/[\p{L}\p{N}]/u.test(character)) return 'gap'
  return spaceless.test(character) ? 'spaceless' : 'letter'
}

/** One more than the place among the kinds, by code point: asking a pattern for every character takes many times as long. */
const known = new Uint8Array(0x110000)

export function kindOf(codePoint: number): Kind {
  if (known[codePoint] === 0) known[codePoint] = 1 + kinds.indexOf(find(String.fromCodePoint(codePoint)))
  return kinds[known[codePoint]! - 1]!
}
