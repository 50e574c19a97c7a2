import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { forgetValue } from '../values.ts'

export function deleteValue(deps: MemoryDeps): MemoryOp<'delete'> {
  return async (caller, { scope, ...name }) => ({ deleted: await forgetValue(deps, caller, scope, name) })
}
