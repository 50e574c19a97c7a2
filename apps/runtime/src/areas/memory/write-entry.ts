import { RuntimeError } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { MemoryPlace } from './access.ts'
import type { MemoryDeps } from './deps.ts'
import type { NewVector } from './embedding.ts'
import { bytesBesides, deleteVector, type Entry, putEntry, putVector } from './store.ts'

export interface WrittenEntry {
  place: MemoryPlace
  /** Of the place; undefined for the usual one. */
  quota: number | undefined
  /** A vector that was there goes with the value it described. */
  entry: Pick<Entry, 'key' | 'value' | 'expiresAt'> & { vector?: NewVector | undefined }
}

/** Writes within the limits: of one value, and of all keys and values of the place together. */
export async function writeEntry(
  tx: Kysely<Schema>,
  { place, quota, entry: { vector, ...entry } }: WrittenEntry,
  { clock, limits }: Pick<MemoryDeps, 'clock' | 'limits'>,
): Promise<void> {
  const json = toJson(entry.value)
  const size = Buffer.byteLength(json)
  if (size > limits.memoryMaxValueBytes) {
    throw new RuntimeError(
      'memory_value_too_large',
      `the value is ${size} bytes long as JSON and may be ${limits.memoryMaxValueBytes}; keep it in parts, or a shorter one`,
    )
  }
  const bytes = Buffer.byteLength(entry.key) + size
  const most = quota ?? limits.memoryMaxScopeBytes
  const now = clock.now()
  const total = (await bytesBesides(tx, place, entry.key, now)) + bytes
  if (total > most) {
    throw new RuntimeError(
      'memory_quota_exceeded',
      `the scope "${place.scope}" would hold ${total} bytes and may hold ${most}; delete what is no longer needed, or raise memory_quota_bytes`,
    )
  }
  await putEntry(tx, place, { ...entry, json, bytes }, now)
  if (vector) await putVector(tx, place, entry, vector, now)
  else await deleteVector(tx, place, entry.key)
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    throw new RuntimeError('invalid_request', 'the value is nested too deeply')
  }
}
