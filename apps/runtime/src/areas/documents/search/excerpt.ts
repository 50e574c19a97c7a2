const length = 200

/** The part of a text where the first of the words occurs, or else its beginning. */
export function excerpt(text: string, query: string): string {
  const words = (
    query
      .slice(0, 10_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).slice(0, 64)
  const lower = text.toLowerCase()
  const at = words.map((word) => lower.indexOf(word)).filter((index) => index >= 0)
  const start = Math.max(0, Math.min(...at, text.length) === text.length ? 0 : Math.min(...at) - length / 4)
  const part = text
    .slice(start, start + length)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .trim()
  return `${start > 0 ? '…' : ''}${part}${start + length < text.length ? '…' : ''}`
}
