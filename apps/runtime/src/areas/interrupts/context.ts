import type { interruptionOps, OpName } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import type { InterruptionSettings } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { OpImplementation } from '../../tools/op-set.ts'
import type { Channels } from '../channels/context.ts'

export interface InterruptContext {
  db: Database
  clock: Clock
  settings: InterruptionSettings
  /** For the channels that tell of questions. */
  channels: Pick<Channels, 'toPublication'>
  /** Takes secrets out. */
  redact(text: string): string
  telemetry: Telemetry
  /** Has somebody work on a run. */
  wake(runId: string): void
  /** A question was stored that expires at this time. */
  watch(expiresAt: number): void
}

export type InterruptionOp<N extends OpName<typeof interruptionOps>> = OpImplementation<typeof interruptionOps, N>
