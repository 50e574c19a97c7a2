import type { ScoreStatistics } from '@loomcycle/proto'

/** Of scores in any order but the first, which is the latest. */
export function statisticsOf(scores: readonly number[]): ScoreStatistics {
  const sorted = scores.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return {
    mean: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    median: sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2,
    min: sorted[0]!,
    max: sorted.at(-1)!,
    latest: scores[0]!,
    count: scores.length,
  }
}

/** Statistics by name, of scores that are grouped as they come, latest first. */
export class Groups {
  readonly #groups = new Map<string, number[]>()

  add(name: string, score: number) {
    const scores = this.#groups.get(name)
    if (scores) scores.push(score)
    else this.#groups.set(name, [score])
  }

  statistics(): Record<string, ScoreStatistics> {
    return Object.fromEntries([...this.#groups].map(([name, scores]) => [name, statisticsOf(scores)]))
  }
}
