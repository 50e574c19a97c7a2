import { placeFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { toKey } from '../key-range.ts'
import { deleteEntry } from '../store.ts'

export function deleteValue({ db, clock }: MemoryDeps): MemoryOp<'delete'> {
  return async ({ scope: caller }, { scope, key }) => {
    const place = placeFor(caller, scope)
    const deleted = await db.transaction((tx) => deleteEntry(tx, place, toKey(key), clock.now()))
    return { deleted }
  }
}
