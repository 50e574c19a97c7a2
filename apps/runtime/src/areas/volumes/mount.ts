import type { Kysely } from 'kysely'
import type { Schema } from '../../ground/db/schema/index.ts'
import type { Place, PlaceScope } from '../../ground/identity/place.ts'
import type { Caller } from '../../tools/caller.ts'
import { placeFor } from '../paths/access.ts'
import { forgetNames, type Resource } from '../paths/names.ts'
import type { VolumeKey, VolumeRow } from './store.ts'
import { keyOf } from './to-volume.ts'

/** A volume as Path knows it. */
export function mountOf({ name, rootRunId }: VolumeKey): Resource {
  return { kind: 'volume_mount', ref: { volume: name, ...(rootRunId ? { root_run_id: rootRunId } : {}) } }
}

/** In whose tree it gets its name: one of the tenant whose volume it is. */
export function mountPlace(caller: Caller, { tenantId }: VolumeKey, scope: PlaceScope): Place {
  return { ...placeFor(caller, scope), tenantId }
}

/** A name that stands for nothing would go on to be shown. */
export async function forgetMount(tx: Kysely<Schema>, row: VolumeRow): Promise<void> {
  if (row.mount === null) return
  const { place } = JSON.parse(row.mount) as { place: Place }
  await forgetNames(tx, place, mountOf(keyOf(row)))
}
