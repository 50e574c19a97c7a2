import { type Candidate, cosine } from './nearest.ts'

export type DedupMode = 'drop' | 'merge' | 'keep'

export interface Distinct {
  candidate: Candidate
  /** Lesser ones that say the same, where they are to be named. */
  merged: string[]
  duplicateOf?: string
}

/** Goes through candidates from the best down: what is as close as `threshold` to a better one says the same. */
export function withoutDuplicates(
  candidates: readonly Candidate[],
  { threshold, mode, limit }: { threshold: number; mode: DedupMode; limit: number },
): { kept: Distinct[]; dropped: number; more: boolean } {
  const kept: Distinct[] = []
  let dropped = 0
  for (const [at, candidate] of candidates.entries()) {
    const twin = kept.find(
      (other) => other.duplicateOf === undefined && cosine(other.candidate.vector, candidate.vector) >= threshold,
    )
    if (twin && mode !== 'keep') {
      dropped++
      if (mode === 'merge') twin.merged.push(candidate.key)
      continue
    }
    if (kept.length === limit) return { kept, dropped, more: at < candidates.length }
    kept.push({ candidate, merged: [], ...(twin && { duplicateOf: twin.candidate.key }) })
  }
  return { kept, dropped, more: false }
}
