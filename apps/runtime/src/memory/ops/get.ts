import { placeFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { expiry } from '../expiry.ts'
import { toKey } from '../key-range.ts'
import { findEntry } from '../store.ts'

export function getValue({ db, clock }: MemoryDeps): MemoryOp<'get'> {
  return async ({ scope: caller }, { scope, key }) => {
    const entry = await findEntry(db.read, placeFor(caller, scope), toKey(key), clock.now())
    return entry ? { value: entry.value, ...expiry(entry) } : { value: null }
  }
}
