import type { Probed } from './prober.ts'

/** Nobody waits longer than this for somebody else's request. */
const longestWaitMs = 100

export const longestWait = ({ probe }: Probed) => longest([...probe.reads, ...probe.writes])

const longest = (waits: readonly number[]) => waits.reduce((most, wait) => Math.max(most, wait), 0)

/** Who waited too long, besides what the machine itself makes everybody wait for. */
export function tooLong(probed: Probed, idle: Probed): string[] {
  const waited = longestWait(probed)
  // Whoever waits while the process itself was quick waits for the machine.
  if (waited <= longestWaitMs + longestWait(idle) || probed.longestStep <= longestWaitMs / 2) return []
  return [`somebody waited ${waited.toFixed()} ms, and a step took ${probed.longestStep.toFixed()} ms`]
}

export function told({ probe, beforeMb, peakMb, longestStep }: Probed): string {
  const waits = `read ${longest(probe.reads).toFixed()} ms, write ${longest(probe.writes).toFixed()} ms`
  return `${waits}, longest step ${longestStep.toFixed()} ms, ${beforeMb.toFixed()} → ${peakMb.toFixed()} MB`
}
