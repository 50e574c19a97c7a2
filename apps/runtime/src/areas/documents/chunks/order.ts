/** Where among its siblings a chunk should be. */
export type Target = { at: 'end' } | { at: 'position'; position: number } | { at: 'after' | 'before'; sibling: number }

export interface Arrangement {
  /** What the chunk gets. */
  position: number
  /** Others that make room: positions from `from` up to before `to` change by `by`. */
  shift?: { from: number; to: number; by: 1 | -1 }
}

export interface Situation {
  /** The chunk's position where it is among these siblings already. */
  old: number | undefined
  /** The root keeps 0 at the top level. */
  lowest: number
  /** Of the other siblings; -1 where there are none. */
  last: number
  /** Whether another sibling has this position. */
  isTaken(position: number): Promise<boolean>
}

/**
 * Positions are unique, so siblings are totally ordered. A free position is simply taken. Where another chunk is, the
 * others move over: towards the gap that the moved chunk leaves or, for a newcomer, away from it.
 */
export async function arrange(target: Target, { old, lowest, last, isTaken }: Situation): Promise<Arrangement> {
  if (target.at === 'end') return { position: old !== undefined && old > last ? old : Math.max(lowest, last + 1) }
  const wanted = Math.max(lowest, wantedPosition(target))
  if (!(await isTaken(wanted))) return { position: wanted }
  const down = old !== undefined && old < wanted
  switch (target.at) {
    case 'position':
      return down ? closeGap(old, wanted) : openGap(wanted, old)
    case 'after':
      return down ? closeGap(old, wanted - 1) : openGap(wanted, old)
    case 'before':
      return down ? closeGap(old, wanted) : openGap(wanted + (wanted < target.sibling ? 1 : 0), old)
  }
}

/** Beside a sibling, the position next to it. */
function wantedPosition(target: Exclude<Target, { at: 'end' }>): number {
  if (target.at === 'position') return target.position
  return target.at === 'after' ? target.sibling + 1 : target.sibling - 1
}

/** The chunk that was at `old` comes to be at `position`, everything in between one further up. */
function closeGap(old: number, position: number): Arrangement {
  return { position, shift: { from: old + 1, to: position + 1, by: -1 } }
}

/** A chunk comes to be at `position`; what was there and after it goes one further down, at most to where the chunk was. */
function openGap(position: number, old: number | undefined): Arrangement {
  return { position, shift: { from: position, to: old ?? Number.POSITIVE_INFINITY, by: 1 } }
}
