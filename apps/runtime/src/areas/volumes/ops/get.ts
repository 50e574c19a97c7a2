import { ToolError } from '../../../ground/tool-error.ts'
import { maySeePaths, requireMayDefine } from '../access.ts'
import type { VolumeContext, VolumeOp } from '../context.ts'
import { findMeant } from '../find.ts'
import { toVolume } from '../to-volume.ts'

export function getVolume(ctx: VolumeContext): VolumeOp<'get'> {
  return async (caller, { name }) => {
    requireMayDefine(caller, name)
    const { row } = await findMeant(ctx, caller, name)
    if (!row) throw new ToolError(`there is no volume "${name}" that was made at run time`)
    return toVolume(row, ctx.declared(), maySeePaths(caller))
  }
}
