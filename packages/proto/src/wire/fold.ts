/** Of Latin, Greek, Hebrew and Arabic letters, and the two dots of the Cyrillic ё; other scripts' marks are letters of theirs. */
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+|(?<=е)\u0308/gu
/** How an emoji is drawn is not which one it is, and where a word may be cut is no letter of it. */
const unseen = /[\uFE00-\uFE0F\u00AD\u200B\u2060\uFEFF]/g
/** Letters that are one of their own to Unicode, and another one to whoever has a usual keyboard. */
const others: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe' }
const otherLetters = /[øłđıßæœ]/g
const otherDigits = /[٠-٩۰-۹०-९]/g
const digits = '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९'

/** A text without what people leave out when they search for it: case, width, accents, how an emoji is drawn. */
export function fold(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(unseen, '')
    .replace(accents, '')
    .replace(otherLetters, (letter) => others[letter]!)
    .replace(otherDigits, (digit) => String(digits.indexOf(digit) % 10))
    .normalize('NFC')
}

/** Of characters; so many that a text of every one there is does not stay in memory. */
const folded = new Map<string, string>()
const mostFolded = 5000

/** The same as far as every character stays in its place: of what would be more or fewer, only case makes no difference. */
export function foldInPlace(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase()
  let all = ''
  for (const character of text) {
    let one = folded.get(character)
    if (one === undefined) {
      one = [fold(character), character.toLowerCase()].find(({ length }) => length === character.length) ?? character
      if (folded.size < mostFolded) folded.set(character, one)
    }
    all += one
  }
  return all
}
