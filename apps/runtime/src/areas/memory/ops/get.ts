import { placeFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { keyOf } from '../entry-names.ts'
import { expiry } from '../expiry.ts'
import { findEntry } from '../store.ts'

export function getValue({ db, clock }: MemoryDeps): MemoryOp<'get'> {
  return async ({ scope: caller }, { scope, ...name }) => {
    const place = placeFor(caller, scope)
    const entry = await findEntry(db.read, place, await keyOf(db.read, place, name), clock.now())
    return entry ? { value: entry.value, ...expiry(entry) } : { value: null }
  }
}
