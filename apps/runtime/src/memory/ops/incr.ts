import { ToolError } from '../../tools/tool.ts'
import { placeFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { toKey } from '../key-range.ts'
import { findEntry } from '../store.ts'
import { writeEntry } from '../write-entry.ts'

export function incrValue(deps: MemoryDeps): MemoryOp<'incr'> {
  return async ({ scope: caller }, { scope, key: given, delta = 1 }) => {
    const place = placeFor(caller, scope)
    const key = toKey(given)
    const value = await deps.db.transaction(async (tx) => {
      const before = await findEntry(tx, place, key, deps.clock.now())
      const sum = asNumber(before?.value ?? 0, key) + delta
      if (!Number.isFinite(sum)) throw new ToolError(`the sum under "${key}" is too large for a number`)
      const entry = { key, value: sum, expiresAt: before?.expiresAt ?? null }
      await writeEntry(tx, { place, caller, entry }, deps)
      return sum
    })
    return { value }
  }
}

function asNumber(value: unknown, key: string): number {
  if (typeof value === 'number') return value
  const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
  throw new ToolError(`the value under "${key}" is ${kind}, not a number; use set to replace it`)
}
