const most = 24

/** The words a text is about, as far as that can be told without knowing the language: long ones and frequent ones. */
export function significantWords(text: string): string[] {
  const counts = new Map<string, number>()
  for (const [word] of text
    .slice(0, 20_000)
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]{4,}/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a, n], [b, m]) => m * b.length - n * a.length)
    .slice(0, most)
    .map(([word]) => word)
}
