/** The lower first, in the first place where they differ. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - b[at]!
    if (difference !== 0) return difference
  }
  return 0
}
