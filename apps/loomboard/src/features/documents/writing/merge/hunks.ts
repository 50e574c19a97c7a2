import { diffArrays } from 'diff'
import type { Block } from './blocks.ts'

/** The blocks of the base from `from` to `to` have become these. */
export interface Hunk {
  from: number
  to: number
  blocks: readonly Block[]
}

/** More blocks than a person has changed, and what is compared in a moment. */
const mostChanged = 1000

/** What has been changed; undefined where it is too much to be told. */
export function toHunks(base: readonly Block[], now: readonly Block[]): Hunk[] | undefined {
  const parts = diffArrays(textsOf(base), textsOf(now), { maxEditLength: mostChanged })
  if (!parts) return undefined
  const hunks: Hunk[] = []
  let [at, atNow] = [0, 0]
  let from: { base: number; now: number } | undefined
  const close = () => {
    if (from) hunks.push({ from: from.base, to: at, blocks: now.slice(from.now, atNow) })
    from = undefined
  }
  for (const { count, added, removed } of parts) {
    if (added || removed) from ??= { base: at, now: atNow }
    else close()
    if (!added) at += count
    if (!removed) atNow += count
  }
  close()
  return hunks
}

const textsOf = (blocks: readonly Block[]) => blocks.map(({ text }) => text)
