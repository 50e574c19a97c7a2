import type { Clock } from '../clock.ts'
import { storeNow } from '../db/dialect.ts'

/** Part of a statement, with what its marks stand for. */
export interface SqlPart {
  sql: string
  parameters: readonly unknown[]
}

/** Time, as far as it says who is alive: what processes on several machines have in common. */
export interface ReplicaTime {
  /** Unix time in milliseconds by the store's clock, the one for all. */
  storeNow(): SqlPart
  /** Milliseconds since whenever, which nobody sets. */
  elapsed(): number
}

export const realReplicaTime: ReplicaTime = {
  storeNow: () => ({ sql: storeNow, parameters: [] }),
  elapsed: () => performance.now(),
}

/** All by one clock, which tests turn. */
export function replicaTimeOf(clock: Clock): ReplicaTime {
  return {
    storeNow: () => ({ sql: 'cast(? as bigint)', parameters: [clock.now()] }),
    elapsed: () => clock.now(),
  }
}
