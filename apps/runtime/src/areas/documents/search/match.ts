/** Words of a text in FTS5's language; undefined where there are none. `start`: the last word may go on. */
export function toMatch(text: string, mode: 'all' | 'any' | 'start' | 'phrase'): string | undefined {
  const words = text.slice(0, 10_000).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  if (words.length === 0) return undefined
  const quoted = words.slice(0, 64).map((word) => `"${word}"`)
  if (mode === 'phrase') return quoted.join(' + ')
  if (mode === 'start') quoted[quoted.length - 1] += ' *'
  return quoted.join(mode === 'any' ? ' OR ' : ' AND ')
}
