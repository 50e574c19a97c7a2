import type { OpName, volumeOps } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Drafts } from '../../ground/files/drafts.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { OpImplementation } from '../../tools/op-set.ts'

export interface VolumeContext {
  db: Database
  clock: Clock
  /** Of the configuration. */
  declared(): readonly DeclaredVolume[]
  /** Of files that are being written. */
  drafts: Drafts
  telemetry: Telemetry
}

export type VolumeOp<N extends OpName<typeof volumeOps>> = OpImplementation<typeof volumeOps, N>
