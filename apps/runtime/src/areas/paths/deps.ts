import type { OpName, pathOps } from '@loomcycle/proto'
import type { Clock } from '../../ground/clock.ts'
import type { Database } from '../../ground/db/database.ts'
import type { OpImplementation } from '../../tools/op-set.ts'

export interface PathDeps {
  db: Pick<Database, 'read' | 'aside' | 'transaction'>
  clock: Clock
  /** Of names that were moved; done after it. */
  leftovers: { begin(): void }
}

export type PathOp<N extends OpName<typeof pathOps>> = OpImplementation<typeof pathOps, N>
