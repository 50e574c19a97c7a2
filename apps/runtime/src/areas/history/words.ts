const mostWords = 24

/** What to look for in a text: its words, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.toWellFormed().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])].slice(0, mostWords)
}

/** As a full-text query. The last word may be the start of one, since it may still be being typed. */
export function allOf(words: readonly string[]): string {
  return words.map((word, i) => `"${word}"${i === words.length - 1 ? '*' : ''}`).join(' AND ')
}

export function anyOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ')
}

const before = 60
const length = 200

/** A piece of the text around the first of the words. */
export function snippetOf(text: string, words: readonly string[]): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  const lower = flat.toLowerCase()
  const found = words.map((word) => lower.indexOf(word.toLowerCase())).filter((at) => at >= 0)
  const start = Math.max(0, Math.min(...found, flat.length) - before)
  const from = found.length === 0 ? 0 : start
  const piece = flat.slice(from, from + length).toWellFormed()
  return `${from > 0 ? '…' : ''}${piece}${from + length < flat.length ? '…' : ''}`
}
