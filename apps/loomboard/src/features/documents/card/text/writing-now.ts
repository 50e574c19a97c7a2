import type { Chunk } from '@loomcycle/client'

/** An agent that changes a chunk again and again. */
export interface Writing {
  who: string
  run: string | undefined
  since: number
  /** Its last change, and when that was seen. */
  revision: number
  seen: number
}

/** Whoever has changed nothing for so long has stopped. */
const stillFor = 20_000

/** Who writes in a chunk, as it is at `now`; what was known before goes on, where it is the same agent. */
export function writingNow(
  before: Writing | undefined,
  { updated_by: by, updated_at, revision }: Pick<Chunk, 'updated_by' | 'updated_at' | 'revision'>,
  now: number,
  status?: string,
): Writing | undefined {
  if (by.kind !== 'agent' || (status !== undefined && status !== 'running')) return undefined
  const goesOn = before !== undefined && before.who === by.id && before.run === by.run_id
  if (goesOn && before.revision === revision) return now - before.seen < stillFor ? before : undefined
  if (goesOn) return { ...before, revision, seen: now }
  const at = Date.parse(updated_at)
  return now - at < stillFor ? { who: by.id, run: by.run_id, since: Math.min(at, now), revision, seen: now } : undefined
}
