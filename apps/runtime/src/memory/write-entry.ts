import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema/index.ts'
import { ToolError, type ToolScope } from '../tools/tool.ts'
import type { MemoryPlace } from './access.ts'
import type { MemoryDeps } from './deps.ts'
import { bytesBesides, type Entry, putEntry } from './store.ts'

/** Writes within the limits: of one value, and of all keys and values of the place together. */
export async function writeEntry(
  tx: Kysely<Schema>,
  { place, caller, entry }: { place: MemoryPlace; caller: ToolScope; entry: Entry },
  { clock, limits }: MemoryDeps,
): Promise<void> {
  const json = JSON.stringify(entry.value)
  const size = Buffer.byteLength(json)
  if (size > limits.memoryMaxValueBytes) {
    throw new ToolError(
      `the value is ${size} bytes long as JSON and may be ${limits.memoryMaxValueBytes}; keep it in parts, or a shorter one`,
    )
  }
  const bytes = Buffer.byteLength(entry.key) + size
  const quota = caller.agent.memoryQuotaBytes ?? limits.memoryMaxScopeBytes
  const now = clock.now()
  const total = (await bytesBesides(tx, place, entry.key, now)) + bytes
  if (total > quota) {
    throw new ToolError(
      `the scope "${place.scope}" would hold ${total} bytes and may hold ${quota}; delete what is no longer needed, or raise memory_quota_bytes`,
    )
  }
  await putEntry(tx, place, { ...entry, json, bytes }, now)
}
