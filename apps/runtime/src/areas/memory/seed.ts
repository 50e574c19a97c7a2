import { RuntimeError } from '@loomcycle/proto'
import { ConfigError, type MemorySeed } from '../../ground/config/config.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { MemoryPlace } from './access.ts'
import type { MemoryDeps } from './deps.ts'
import { embedValue } from './embedding.ts'
import { toKey } from './key-range.ts'
import { deleteExpired, findEntry, insertVector } from './store.ts'
import { writeEntry } from './write-entry.ts'

/** The tenant of everything that has no other. */
const TENANT = 'default'

/**
 * Writes what the configuration wants to be there and is not. The returned work makes the vectors, which may need a
 * service that answers late or never.
 */
export async function seedMemory(
  deps: MemoryDeps,
  seeds: readonly MemorySeed[],
  telemetry: Telemetry,
): Promise<() => Promise<void>> {
  const written: { seed: MemorySeed; place: MemoryPlace }[] = []
  if (seeds.length > 0) {
    await deps.db.transaction(async (tx) => {
      const now = deps.clock.now()
      await deleteExpired(tx, now)
      for (const seed of seeds) {
        const place = { tenantId: TENANT, scope: seed.scope, scopeId: seed.scopeId || TENANT }
        const key = toKey(seed.key)
        if (await findEntry(tx, place, key, now)) continue
        const entry = { key, value: seed.value, expiresAt: null }
        await writeEntry(tx, { place, quota: undefined, entry }, deps).catch((error: unknown) => {
          throw error instanceof RuntimeError ? new ConfigError(`memory.entries "${key}": ${error.message}.`) : error
        })
        if (seed.embed) written.push({ seed, place })
      }
    })
  }
  return async () => {
    for (const { seed, place } of written) {
      const embedded = await embedValue(deps.embedding, seed.value, null, { signal: new AbortController().signal })
      if ('warning' in embedded) {
        telemetry.log('warn', `memory.entries "${seed.key}" cannot be found by search: ${embedded.warning}`)
        continue
      }
      await deps.db.transaction((tx) =>
        insertVector(tx, place, toKey(seed.key), JSON.stringify(seed.value), embedded.vector),
      )
    }
  }
}
