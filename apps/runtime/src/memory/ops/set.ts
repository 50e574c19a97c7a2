import { placeFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { expiresAfter } from '../expiry.ts'
import { toKey } from '../key-range.ts'
import { writeEntry } from '../write-entry.ts'

export function setValue(deps: MemoryDeps): MemoryOp<'set'> {
  return async ({ scope: caller }, { scope, key, value, ttl }) => {
    const place = placeFor(caller, scope)
    const entry = { key: toKey(key), value, expiresAt: expiresAfter(deps.clock.now(), ttl) }
    await deps.db.transaction((tx) => writeEntry(tx, { place, caller, entry }, deps))
    return { ok: true }
  }
}
