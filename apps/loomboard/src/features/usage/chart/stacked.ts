import type { Series } from '../model/report.ts'

/** How high each reaches, standing on those before it; the highest first, as they are drawn. */
export function stacked(series: readonly Series[]): number[][] {
  const reach: number[][] = []
  for (const { values } of series) {
    const below = reach.at(-1)
    reach.push(values.map((value, day) => value + (below?.[day] ?? 0)))
  }
  return reach.reverse()
}
