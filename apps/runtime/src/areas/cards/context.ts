import type { SpawnContext } from '../../engine/spawns/context.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { DocumentDeps } from '../documents/deps.ts'

export interface CardContext extends Omit<SpawnContext, 'isWorking'> {
  documents: DocumentDeps
  telemetry: Telemetry
  /** Nothing is started meanwhile. */
  isClosed(): boolean
}
