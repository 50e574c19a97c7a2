import { mayDefine, maySeePaths, tenantFor } from '../access.ts'
import type { VolumeContext, VolumeOp } from '../context.ts'
import { listVolumes } from '../store.ts'
import { toVolume } from '../to-volume.ts'

export function listMadeVolumes({ db, declared }: VolumeContext): VolumeOp<'list'> {
  return async (caller) => {
    const tenantId = tenantFor(caller)
    const ofTenant = await listVolumes(db.read, tenantId, '')
    const ofTree = caller.run ? await listVolumes(db.read, tenantId, caller.run.rootId) : []
    const shown = [...ofTenant, ...ofTree].filter(({ name }) => mayDefine(caller, name))
    return { volumes: shown.map((row) => toVolume(row, declared(), maySeePaths(caller))) }
  }
}
