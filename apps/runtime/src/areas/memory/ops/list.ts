import { placeFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { expiry } from '../expiry.ts'
import { toKey } from '../key-range.ts'
import { listEntries } from '../store.ts'

export function listValues({ db, clock }: MemoryDeps): MemoryOp<'list'> {
  return async ({ scope: caller }, { scope, prefix = '', limit = 100 }) => {
    const range = { prefix: toKey(prefix), limit: limit + 1 }
    const found = await listEntries(db.read, placeFor(caller, scope), range, clock.now())
    const entries = found.slice(0, limit).map((entry) => ({ key: entry.key, value: entry.value, ...expiry(entry) }))
    return { entries, truncated: found.length > limit }
  }
}
