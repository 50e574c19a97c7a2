import { keepAnswer } from '../../../ground/idempotency/idempotency.ts'
import { requireMayDefine } from '../access.ts'
import type { VolumeContext, VolumeOp } from '../context.ts'
import { findMeant } from '../find.ts'
import { forgetMount } from '../mount.ts'
import { deleteVolume } from '../store.ts'

export function forgetVolume(ctx: VolumeContext): VolumeOp<'delete'> {
  const { db, clock } = ctx
  return async (caller, { name }) => {
    requireMayDefine(caller, name)
    const { key, row } = await findMeant(ctx, caller, name)
    return db.transaction(async (tx) => {
      if (row) await forgetMount(tx, row)
      const answer = { name, deleted: await deleteVolume(tx, key), files_removed: false }
      await keepAnswer(tx, caller.keyed, answer, clock.now())
      return answer
    })
  }
}
