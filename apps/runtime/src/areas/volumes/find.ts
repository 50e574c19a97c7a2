import type { Caller } from '../../tools/caller.ts'
import { tenantFor } from './access.ts'
import type { VolumeContext } from './context.ts'
import { findVolume, type VolumeKey, type VolumeRow } from './store.ts'

/** The volume that a caller means by a name: one of its run's tree before one of its tenant. */
export async function findMeant(
  { db }: Pick<VolumeContext, 'db'>,
  caller: Caller,
  name: string,
): Promise<{ key: VolumeKey; row: VolumeRow | undefined }> {
  const tenantId = tenantFor(caller)
  if (caller.run) {
    const key = { tenantId, rootRunId: caller.run.rootId, name }
    const row = await findVolume(db.read, key)
    if (row) return { key, row }
  }
  const key = { tenantId, rootRunId: '', name }
  return { key, row: await findVolume(db.read, key) }
}
