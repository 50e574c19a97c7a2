import { isWholeNumber, toWholeNumber } from '../../../ground/json.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { changeEntry } from '../change-entry.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { wrongKind } from '../json.ts'

export function incrValue(deps: MemoryDeps): MemoryOp<'incr'> {
  return async (caller, { scope, key, delta = 1 }) => {
    const value = await changeEntry(deps, caller, { scope, key }, (before = 0) => {
      if (typeof before !== 'number' && typeof before !== 'bigint') throw wrongKind(before, key, 'a number')
      const sum = sumOf(before, delta)
      if (sum === Infinity || sum === -Infinity) throw new ToolError(`the sum under "${key}" is too large for a number`)
      return sum
    })
    return { value: value as number }
  }
}

/** To the digit where both are whole. */
function sumOf(before: number | bigint, delta: number): number | bigint {
  if (isWholeNumber(before) && isWholeNumber(delta)) return toWholeNumber(BigInt(before) + BigInt(delta))
  if (typeof before === 'bigint') throw new ToolError(`${before} can be added to in whole numbers only`)
  return before + delta
}
