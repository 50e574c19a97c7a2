import type { ToolScope } from '../../tools/tool.ts'
import type { MemoryPlace } from './access.ts'
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
  { place, caller, key: given }: { place: MemoryPlace; caller: ToolScope; key: string },
  change: (before: unknown) => T,
): Promise<T> {
  const key = toKey(given)
  return changeMemory(deps, place.tenantId, async (tx) => {
    const before = await findEntry(tx, place, key, deps.clock.now())
    const value = change(before?.value)
    if (before && value === before.value) return value
    const entry = { key, value, expiresAt: before?.expiresAt ?? null }
    await writeEntry(tx, { place, quota: caller.agent.memoryQuotaBytes, entry }, deps)
    return value
  })
}
