import { changeEntry } from '../change-entry.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { isMap, mergeDeep, wrongKind } from '../json.ts'

export function mergeValue(deps: MemoryDeps): MemoryOp<'merge'> {
  return async (caller, { scope, key, value }) => {
    const merged = await changeEntry(deps, caller, { scope, key }, (before = {}) => {
      if (!isMap(before)) throw wrongKind(before, key, 'an object')
      return mergeDeep(before, value)
    })
    return { value: merged }
  }
}
