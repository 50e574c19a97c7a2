import type { VolumeAccess } from '../../tools/files/volume-access.ts'
import { ClearUp } from './clear-up.ts'
import type { VolumeContext } from './context.ts'
import { createVolumeAccess } from './open-volume.ts'

export interface Volumes {
  ctx: VolumeContext
  /** For tools. */
  access: VolumeAccess
  clearUp: ClearUp
}

export function createVolumes(ctx: VolumeContext): Volumes {
  return { ctx, access: createVolumeAccess(ctx), clearUp: new ClearUp(ctx) }
}
