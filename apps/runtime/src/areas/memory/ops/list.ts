import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { expiry } from '../expiry.ts'
import { listValues as list } from '../values.ts'

export function listValues(deps: MemoryDeps): MemoryOp<'list'> {
  return async (caller, { scope, prefix, limit = 100, cursor }) => {
    const { entries, page } = await list(deps, caller, scope, { prefix, limit, cursor })
    return { entries: entries.map((entry) => ({ key: entry.key, value: entry.value, ...expiry(entry) })), ...page }
  }
}
