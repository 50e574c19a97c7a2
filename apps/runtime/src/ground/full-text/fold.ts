/** Of Latin and Greek letters, and the two dots of the Cyrillic ё; other scripts' marks are letters of theirs. */
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+|(?<=е)\u0308/gu
const variations = /[\uFE00-\uFE0F]/g

/** A text without what people leave out when they look for it: case, width, accents, how an emoji is drawn. */
export function fold(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').toLowerCase().replace(accents, '').replace(variations, '').normalize('NFC')
}
