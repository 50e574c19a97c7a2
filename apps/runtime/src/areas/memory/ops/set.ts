import { placeFor } from '../access.ts'
import { changeMemory } from '../change-memory.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { embedValue } from '../embedding.ts'
import { nameEntry } from '../entry-names.ts'
import { expiresAfter } from '../expiry.ts'
import { toKey } from '../key-range.ts'
import { writeEntry } from '../write-entry.ts'

export function setValue(deps: MemoryDeps): MemoryOp<'set'> {
  return async ({ scope: caller, signal }, { scope, key, value, ttl, embed, embed_text: text, path }) => {
    const place = placeFor(caller, scope)
    const wanted = embed ?? text !== undefined
    const embedded = wanted ? await embedValue(deps.embedding, value, text ?? null, signal) : undefined
    const vector = embedded && 'vector' in embedded ? embedded.vector : undefined
    const entry = { key: toKey(key), value, expiresAt: expiresAfter(deps.clock.now(), ttl), vector }
    const quota = caller.agent.memoryQuotaBytes
    const named = await changeMemory(deps, place.tenantId, async (tx) => {
      await writeEntry(tx, { place, quota, entry }, deps)
      return path === undefined ? undefined : nameEntry(tx, place, entry.key, path, deps.clock.now())
    })
    return {
      ok: true,
      ...(embedded && { embedded: vector !== undefined }),
      ...(embedded && 'warning' in embedded && { embed_warning: embedded.warning }),
      ...(named !== undefined && { path: named }),
    }
  }
}
