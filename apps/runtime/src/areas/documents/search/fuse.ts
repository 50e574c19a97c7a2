/** How little the very first ranks stand out; the usual choice. */
const FLATNESS = 60

/**
 * One ranking of several whose scores cannot be compared, by reciprocal rank; what is `certain` comes before everything
 * else, its score being 1 higher. Of what ranks the same, that of the earlier ranking comes first.
 */
export function fuse(
  rankings: ReadonlyArray<readonly string[]>,
  certain: ReadonlySet<string> = new Set(),
): Array<{ id: string; score: number }> {
  const scores = new Map<string, number>()
  for (const ranking of rankings) {
    for (const [at, id] of ranking.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (FLATNESS + at + 1))
  }
  return [...scores]
    .map(([id, score]) => ({ id, score: certain.has(id) ? 1 + score : score }))
    .sort((a, b) => b.score - a.score)
}
