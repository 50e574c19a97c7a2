/**
 * How close an unrelated text is depends on the model: about 0.1 for one, 0.5 for another. So closeness is measured
 * from what is usual among the chunks that were compared, a quarter of which is surely not meant.
 */
const USUAL = 0.25
/** Among so few there is no telling what is usual. */
const FEW = 8
/** Above what is usual; by chance alone hardly anything lies so far above. */
const CLEARLY = 0.2
/** Of how far the closest stands out: what lies lower is beside the point once there is something better. */
const COMPARED_TO_BEST = 0.5

/** Those that are close to what was looked for, and not merely the closest of what there is. `ranked`: the closest first. */
export function standingOut<T extends { score: number }>(ranked: readonly T[]): T[] {
  const usual = ranked.length < FEW ? 0 : ranked[Math.floor(ranked.length * (1 - USUAL))]!.score
  const best = (ranked[0]?.score ?? 0) - usual
  const enough = Math.max(CLEARLY, best * COMPARED_TO_BEST)
  return ranked.filter(({ score }) => score - usual >= enough)
}
