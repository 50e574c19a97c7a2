import { keepAnswer } from '../../../ground/idempotency/idempotency.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { requireMayDefine } from '../access.ts'
import type { VolumeContext, VolumeOp } from '../context.ts'
import { findMeant } from '../find.ts'
import { removeFolder } from '../folders.ts'
import { dynamicRoot, foldersOf } from '../layout.ts'
import { forgetMount } from '../mount.ts'
import { deleteVolume } from '../store.ts'
import { purgeNote } from '../trash.ts'

export function purgeVolume(ctx: VolumeContext): VolumeOp<'purge'> {
  const { db, clock, declared, drafts } = ctx
  return async (caller, { name }) => {
    requireMayDefine(caller, name)
    if (declared().some((one) => one.name === name)) {
      throw new ToolError(`"${name}" is a volume of the configuration, whose files are its operator’s to remove`)
    }
    const { key, row } = await findMeant(ctx, caller, name)
    // The files are put aside first: were the row gone and they not, a new volume of the name would have them again.
    return removeFolder(dynamicRoot(declared()), foldersOf(key), {
      note: row && purgeNote(row, drafts.owner),
      forget: (files_removed) =>
        db.transaction(async (tx) => {
          if (row) await forgetMount(tx, row)
          const answer = { name, deleted: await deleteVolume(tx, key), files_removed }
          await keepAnswer(tx, caller.keyed, answer, clock.now())
          return answer
        }),
    })
  }
}
