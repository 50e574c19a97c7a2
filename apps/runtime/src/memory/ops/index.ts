import type { memoryOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../tools/op-set.ts'
import type { OpContext } from '../../tools/op-tool.ts'
import type { MemoryDeps } from '../deps.ts'
import { deleteValue } from './delete.ts'
import { getValue } from './get.ts'
import { incrValue } from './incr.ts'
import { listValues } from './list.ts'
import { setValue } from './set.ts'

export function createMemoryOps(deps: MemoryDeps): OpImplementations<typeof memoryOps, OpContext> {
  return {
    get: getValue(deps),
    set: setValue(deps),
    delete: deleteValue(deps),
    list: listValues(deps),
    incr: incrValue(deps),
  }
}
