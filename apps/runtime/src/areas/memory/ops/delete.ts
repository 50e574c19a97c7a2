import { placeFor } from '../access.ts'
import { changeMemory } from '../change-memory.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { keyOf } from '../entry-names.ts'
import { deleteEntry } from '../store.ts'

export function deleteValue(deps: MemoryDeps): MemoryOp<'delete'> {
  return async ({ scope: caller }, { scope, ...name }) => {
    const place = placeFor(caller, scope)
    const deleted = await changeMemory(deps, place.tenantId, async (tx) =>
      deleteEntry(tx, place, await keyOf(tx, place, name), deps.clock.now()),
    )
    return { deleted }
  }
}
