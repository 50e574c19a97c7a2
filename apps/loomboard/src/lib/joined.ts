/** `a`, `a and b`, `a, b and c` */
export function joined(words: readonly string[], by: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${by} ${words.at(-1)}`
}
