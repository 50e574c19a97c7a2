import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { expiry } from '../expiry.ts'
import { findValue } from '../values.ts'

export function getValue(deps: MemoryDeps): MemoryOp<'get'> {
  return async (caller, { scope, ...name }) => {
    const entry = await findValue(deps, caller, scope, name)
    return entry ? { value: entry.value, ...expiry(entry) } : { value: null }
  }
}
