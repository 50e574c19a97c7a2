import type { MemoryScope } from '@loomcycle/proto'
import type { Caller } from '../../tools/caller.ts'
import { placeFor, quotaOf } from './access.ts'
import { changeMemory } from './change-memory.ts'
import type { MemoryDeps } from './deps.ts'
import { toKey } from './key-range.ts'
import { findEntry } from './store.ts'
import { writeEntry } from './write-entry.ts'

/**
 * Reads a value and writes what `change` makes of it, with nobody in between; it keeps the time it is forgotten at.
 * `change` gets undefined where there is none.
 */
export function changeEntry<T>(
  deps: MemoryDeps,
  caller: Caller,
  { scope, key: given }: { scope: MemoryScope; key: string },
  change: (before: unknown) => T,
): Promise<T> {
  const place = placeFor(caller, scope)
  const key = toKey(given)
  return changeMemory(deps, place.tenantId, async (tx) => {
    const before = await findEntry(tx, place, key, deps.clock.now())
    const value = change(before?.value)
    if (before && value === before.value) return value
    const entry = { key, value, expiresAt: before?.expiresAt ?? null }
    await writeEntry(tx, { place, quota: quotaOf(caller), entry }, deps)
    return value
  })
}
