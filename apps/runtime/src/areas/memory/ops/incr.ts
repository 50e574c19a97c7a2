import { ToolError } from '../../../ground/tool-error.ts'
import { changeEntry } from '../change-entry.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { wrongKind } from '../json.ts'

export function incrValue(deps: MemoryDeps): MemoryOp<'incr'> {
  return async (caller, { scope, key, delta = 1 }) => {
    const value = await changeEntry(deps, caller, { scope, key }, (before = 0) => {
      if (typeof before !== 'number') throw wrongKind(before, key, 'a number')
      const sum = before + delta
      if (!Number.isFinite(sum)) throw new ToolError(`the sum under "${key}" is too large for a number`)
      return sum
    })
    return { value }
  }
}
