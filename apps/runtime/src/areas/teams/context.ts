import type { OpName, teamDefOps } from '@loomcycle/proto'
import type { SpawnContext } from '../../engine/spawns/context.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { OpImplementation } from '../../tools/op-set.ts'
import type { DocumentDeps } from '../documents/deps.ts'

export interface TeamContext extends SpawnContext {
  documents: DocumentDeps
  telemetry: Telemetry
  /** Nothing is started meanwhile. */
  isClosed(): boolean
  /** Ends a run and all it started. */
  endRun(runId: string, reason: string): Promise<unknown>
}

export type TeamOp<N extends OpName<typeof teamDefOps>> = OpImplementation<typeof teamDefOps, N>
