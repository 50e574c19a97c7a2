import type { volumeOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { VolumeContext } from '../context.ts'
import { createVolume } from './create.ts'
import { forgetVolume } from './delete.ts'
import { getVolume } from './get.ts'
import { listMadeVolumes } from './list.ts'
import { purgeVolume } from './purge.ts'

export function createVolumeOps(ctx: VolumeContext): OpImplementations<typeof volumeOps> {
  return {
    create: createVolume(ctx),
    get: getVolume(ctx),
    list: listMadeVolumes(ctx),
    delete: forgetVolume(ctx),
    purge: purgeVolume(ctx),
  }
}
