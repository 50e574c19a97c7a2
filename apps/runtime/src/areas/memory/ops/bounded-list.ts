import { changeEntry } from '../change-entry.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { wrongKind } from '../json.ts'

export function boundedList(deps: MemoryDeps): MemoryOp<'bounded_list'> {
  return async (caller, { scope, key, value, limit }) => {
    let dropped = 0
    const list = await changeEntry(deps, caller, { scope, key }, (before = []) => {
      if (!Array.isArray(before)) throw wrongKind(before, key, 'a list')
      dropped = Math.max(0, before.length + 1 - limit)
      return [...before, value].slice(dropped)
    })
    return { dropped, value: list }
  }
}
