const FIRST_MS = 250
const LONGEST_MS = 10_000

/** How long to wait before attempt `n` (from 0): not at all, then doubling up to ten seconds, spread over the upper half. */
export function backoffMs(attempt: number, random: number): number {
  if (attempt === 0) return 0
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1))
  return full / 2 + (full / 2) * random
}
